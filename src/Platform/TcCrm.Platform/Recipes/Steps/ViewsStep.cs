using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Views;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "views", "Views": [{ "Type", "Name", "Columns": ["…"], "Filters": ["Field:op:value"], "Sort": "-Field", "Roles": ["…"], "Default": true }] }</c>, by type and name, in the order given.</summary>
public sealed class ViewsStep(CrmDbContext db, TenantContext tenant) : IRecipeStep
{
    public string Name => "views";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (view, path) in step.Items<ViewBody>("Views"))
        {
            if (view.Name is not { Length: > 0 and <= 100 }) step.Problem($"{path}.Name", "Type a name of 1 to {0} characters.", 100);
            if (tenant.Snapshot.RecordTypes.GetValueOrDefault(view.Type ?? "") is { } type) Check(step, path, view, type);
            else step.Problem($"{path}.Type", "There is no record type '{0}'.", view.Type);
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var ((body, _), position) in step.Items<ViewBody>("Views").Select((v, i) => (v, i)))
        {
            var view = await db.Set<SavedView>().FirstOrDefaultAsync(v => v.RecordType == body.Type && v.Name == body.Name && v.OwnerId == null, cancel)
                ?? db.Add(new SavedView { RecordType = body.Type!, Name = body.Name! }).Entity;
            view.Columns = [.. body.Columns ?? []];
            view.Filters = [.. body.Filters ?? []];
            view.Sort = body.Sort;
            view.Position = position;
            view.Roles = [.. body.Roles ?? []];
            view.IsDefault = body.Default;
            await db.SaveChangesAsync(cancel);
        }
    }

    void Check(RecipeStepContext step, string path, ViewBody view, RecordType type)
    {
        for (var i = 0; i < (view.Columns?.Count ?? 0); i++)
            if (type.Find(view.Columns![i]) is null) step.Problem($"{path}.Columns[{i}]", "There is no field '{0}'.", view.Columns[i]);
        for (var i = 0; i < (view.Filters?.Count ?? 0); i++) CheckFilter(step, $"{path}.Filters[{i}]", view.Filters![i], type);
        for (var i = 0; i < (view.Roles?.Count ?? 0); i++)
            if (!tenant.Snapshot.Rights.Roles.ContainsKey(view.Roles![i]) && !step.Plan.Promises("role", view.Roles[i])) step.Problem($"{path}.Roles[{i}]", "There is no role '{0}'.", view.Roles[i]);
        if (view.Sort is { } sort && type.Find(sort.TrimStart('-')) is not { Kind.CanSort: true }) step.Problem($"{path}.Sort", "There is no field '{0}' to sort by.", sort);
    }

    static void CheckFilter(RecipeStepContext step, string at, string filter, RecordType type)
    {
        try
        {
            foreach (var leaf in RecordQueryText.ParseFilter(filter).Leaves)
                if (type.Find(leaf.Field) is not { } field) step.Problem(at, "There is no field '{0}'.", leaf.Field);
                else if (!MeantFilters.Takes(field, leaf.Operator)) step.Problem(at, "The field '{0}' has no operator '{1}'.", leaf.Field, leaf.Operator);
        }
        catch (BadFilterException bad)
        {
            step.Problem(at, bad.Key, [.. bad.Args]);
        }
    }

    sealed record ViewBody(string? Type, string? Name, IReadOnlyList<string>? Columns, IReadOnlyList<string>? Filters, string? Sort, IReadOnlyList<string>? Roles, bool Default);
}
