using System.Text.Json;
using System.Text.Json.Nodes;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
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
    const int Batch = 500;
    const int MostDemoRecords = 1_000_000;
    const string DemoPath = "Demo";
    readonly RecipeReferences _references = new(db);

    public string Name => "records";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        if (step.ReadWithout<RecordsBody>("Records") is not { } body) return Task.CompletedTask;
        if (tenant.Snapshot.RecordTypes.GetValueOrDefault(body.Type ?? "") is not { } type) step.Problem("Type", "There is no record type '{0}'.", body.Type);
        else if (body.Demo is { } demo) CheckDemo(step, demo, type);
        else if (type.Find(body.Match ?? "") is not { } match || match.PlainType != typeof(string)) step.Problem("Match", "'{0}' is no text field by which records could be found again.", body.Match);
        else CheckRecords(step, type, match);
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var body = step.ReadWithout<RecordsBody>("Records")!;
        var type = tenant.Snapshot.RecordTypes[body.Type!];
        var (rows, matchName) = body.Demo is { } demo ? Demo(type, demo) : (Rows(step, type), body.Match!);
        foreach (var batch in rows.Chunk(Batch)) await SaveAsync(step, type, type.Find(matchName)!, batch, cancel);
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
        foreach (var row in Rows(step, type))
        {
            var key = row.Values.FirstOrDefault(v => v.Key.Equals(match.Name, StringComparison.OrdinalIgnoreCase)).Value;
            if (string.IsNullOrWhiteSpace(key)) step.Problem($"{row.Path}.{match.Name}", "Fill in this field.");
            else if (!seen.Add(key)) step.Problem($"{row.Path}.{match.Name}", "Two records here have the value '{0}'.", key);
        }
    }

    (IEnumerable<Row> Rows, string Match) Demo(RecordType type, DemoBody demo)
    {
        var source = SourceFor(type)!;
        return (source.Make(demo.Count, demo.Seed).Select((made, i) => new Row(DemoPath, Spread(made.Values, demo, i)) { Children = made.Children }), source.Match);
    }

    static IReadOnlyDictionary<string, string?> Spread(IReadOnlyDictionary<string, string?> values, DemoBody demo, int index) => demo.Spread is null ? values
        : new Dictionary<string, string?>(values.Concat(demo.Spread.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value[index % s.Value.Count]))));

    IDemoRecords? SourceFor(RecordType type) => catalogue.Of<IDemoRecords>().FirstOrDefault(d => d.RecordType.Equals(type.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The records as text by field name; what has no such form is reported.</summary>
    static IEnumerable<Row> Rows(RecipeStepContext step, RecordType type)
    {
        foreach (var (record, path) in step.Items<JsonObject>("Records"))
        {
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in record)
                if (Text(step, type, $"{path}.{name}", name, value) is { } text) values[name] = text;
            yield return new(path, values);
        }
    }

    static string? Text(RecipeStepContext step, RecordType type, string at, string name, JsonNode? value)
    {
        if (type.Find(name) is not { } field)
        {
            step.Problem(at, "There is no field '{0}'.", name);
            return null;
        }
        try
        {
            return field.Kind.ReadJson(JsonSerializer.SerializeToElement(value));
        }
        catch (FormatException)
        {
            step.Problem(at, field.Kind.InvalidKey);
            return null;
        }
    }

    async Task SaveAsync(RecipeStepContext step, RecordType type, Field match, Row[] rows, CancellationToken cancel)
    {
        var keys = rows.Select(r => KeyOf(r, match)).ToList();
        var present = (await type.FindByAsync(db, match, [.. keys.Distinct()], RecordRight.Edit, cancel)).GroupBy(match.Text).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var writes = new List<RecordWrite>();
        foreach (var (row, key) in rows.Zip(keys)) writes.Add(new(present.GetValueOrDefault(key), await _references.ResolveAsync(type, row.Values, cancel)));
        var results = await store.SaveManyAsync(type, writes, cancel);
        foreach (var (row, result) in rows.Zip(results)) Report(step, row.Path, result);
        var added = rows.Zip(results).Where((_, i) => writes[i].Existing is null);
        foreach (var children in added.SelectMany(r => r.First.Children.Select(child => (Child: child, Owner: r.Second.Record!.Id))).GroupBy(c => c.Child.RecordType))
            await AddChildrenAsync(step, children.Key, [.. children], cancel);
    }

    async Task AddChildrenAsync(RecipeStepContext step, string typeName, (DemoChild Child, Guid Owner)[] children, CancellationToken cancel)
    {
        if (tenant.Snapshot.RecordTypes.GetValueOrDefault(typeName) is not { } type) return;
        var writes = children.Select(c => new RecordWrite(null, new Dictionary<string, string?>(c.Child.Values) { [c.Child.Lookup] = c.Owner.ToString() })).ToList();
        foreach (var result in await store.SaveManyAsync(type, writes, cancel)) Report(step, DemoPath, result);
    }

    static void Report(RecipeStepContext step, string path, SaveResult result)
    {
        foreach (var problem in result.Problems) step.Problem(problem.Field.Length > 0 && path != DemoPath ? $"{path}.{problem.Field}" : path, problem.Key, problem.Args);
    }

    /// <summary>As the field would keep it, so that a record written with other spacing is found again.</summary>
    string KeyOf(Row row, Field match)
    {
        var text = row.Values.First(v => v.Key.Equals(match.Name, StringComparison.OrdinalIgnoreCase)).Value!;
        return match.Kind.TryParse(text, match, tenant.Snapshot.Settings.FieldContext, out var value) ? (string)value! : text;
    }

    sealed record RecordsBody(string? Type, string? Match, DemoBody? Demo);

    sealed record DemoBody(int Count, int Seed)
    {
        public Dictionary<string, IReadOnlyList<string>>? Spread { get; init; }
    }

    sealed record Row(string Path, IReadOnlyDictionary<string, string?> Values)
    {
        public IReadOnlyList<DemoChild> Children { get; init; } = [];
    }
}
