namespace Sample.Fixture;

public sealed class CountWidgets : IPeriodicJob
{
    public string Name => "count-widgets";
    public TimeSpan Every => TimeSpan.FromDays(1);
    public Task RunAsync(CancellationToken cancel) => Task.CompletedTask;
}

public sealed class NoteCustomer : IReaction
{
    public string On => "customers.customer.Created";
    public Task RunAsync(RecordEvent happened, CancellationToken cancel) => Task.CompletedTask;
}

public sealed class NameIsNotForbidden : IRecordRule
{
    public string RecordType => "customers.customer";

    public ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel)
    {
        var name = record.GetType().GetProperty("Name")!.GetValue(record);
        if (name is "Refused") throw new BusinessRuleException("Not this name.", "Name");
        if (name is "Forbidden") problems.Add(new("Name", "Not this name."));
        return ValueTask.CompletedTask;
    }
}

public sealed class WidgetStep : IRecipeStep
{
    public string Name => "widgets";
    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel) => Task.CompletedTask;
    public Task RunAsync(RecipeStepContext step, CancellationToken cancel) => Task.CompletedTask;
}
