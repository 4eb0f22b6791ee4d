using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>
/// <c>{ "name": "records", "Type", "Match", "Records": [{ … }] }</c> or <c>"Demo": { "Count", "Seed" }</c> in place of the records.
/// A lookup names a record by a unique field, a user by the user name. <c>"Spread": { "UnitId": ["N1", "N2"] }</c> gives invented records these values in turn.
/// Added or changed through the pipeline of all doors, by the text field <c>Match</c>.
/// </summary>
public sealed class RecordsStep(CrmDbContext db, TenantContext tenant, RecordStore store, ITenantCatalogue catalogue) : IRecipeStep
{
    internal const string DemoPath = "Demo";
    const string List = "Records";
    const int MostDemoRecords = 1_000_000;

    public string Name => "records";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        if (step.ReadWithout<RecordsBody>(List) is not { } body) return Task.CompletedTask;
        if (tenant.Snapshot.RecordTypes.GetValueOrDefault(body.Type ?? "") is not { } type) step.Problem("Type", "There is no record type '{0}'.", body.Type);
        else if (body.Demo is { } demo) CheckDemo(step, demo, type);
        else if (type.Find(body.Match ?? "") is not { } match || match.PlainType != typeof(string)) step.Problem("Match", "'{0}' is no text field by which records could be found again.", body.Match);
        else CheckRecords(step, type, match);
        return Task.CompletedTask;
    }

    public Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var body = step.ReadWithout<RecordsBody>(List)!;
        var type = tenant.Snapshot.RecordTypes[body.Type!];
        var (rows, matchName) = body.Demo is { } demo ? Demo(type, demo) : (RecordRows.Read(step, type, List), body.Match!);
        return new RecordRows(db, store).SaveAsync(step, type, type.Find(matchName)!, rows, cancel);
    }

    void CheckDemo(RecipeStepContext step, DemoBody demo, RecordType type)
    {
        if (demo.Count is < 1 or > MostDemoRecords) step.Problem($"{DemoPath}.Count", "Type a number from {0} to {1}.", 1, MostDemoRecords);
        if (SourceFor(type) is null) step.Problem(DemoPath, "Nothing here makes demo records of type '{0}'.", type.Name);
        foreach (var (name, values) in demo.Spread ?? [])
            if (type.Find(name) is null || values.Count == 0) step.Problem($"{DemoPath}.Spread.{name}", "There is no field '{0}'.", name);
    }

    static void CheckRecords(RecipeStepContext step, RecordType type, Field match)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in RecordRows.Read(step, type, List))
        {
            var key = row[match.Name];
            if (string.IsNullOrWhiteSpace(key)) step.Problem($"{row.Path}.{match.Name}", "Fill in this field.");
            else if (!seen.Add(key)) step.Problem($"{row.Path}.{match.Name}", "Two records here have the value '{0}'.", key);
            else step.Plan.Promise(type.Name, key);
        }
    }

    (IEnumerable<RecordRow> Rows, string Match) Demo(RecordType type, DemoBody demo)
    {
        var source = SourceFor(type)!;
        return (source.Make(demo.Count, demo.Seed).Select((made, i) => new RecordRow(DemoPath, Spread(made.Values, demo, i)) { Children = made.Children }), source.Match);
    }

    static IReadOnlyDictionary<string, string?> Spread(IReadOnlyDictionary<string, string?> values, DemoBody demo, int index) => demo.Spread is null ? values
        : new Dictionary<string, string?>(values.Concat(demo.Spread.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value[index % s.Value.Count]))));

    IDemoRecords? SourceFor(RecordType type) => catalogue.Of<IDemoRecords>().FirstOrDefault(d => d.RecordType.Equals(type.Name, StringComparison.OrdinalIgnoreCase));

    sealed record RecordsBody(string? Type, string? Match, DemoBody? Demo);

    sealed record DemoBody(int Count, int Seed)
    {
        public Dictionary<string, IReadOnlyList<string>>? Spread { get; init; }
    }
}
