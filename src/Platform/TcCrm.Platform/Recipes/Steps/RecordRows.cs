using System.Text.Json;
using System.Text.Json.Nodes;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>A record of a recipe: its values as text by field name, and where it stands.</summary>
sealed record RecordRow(string Path, IReadOnlyDictionary<string, string?> Values)
{
    public IReadOnlyList<DemoChild> Children { get; init; } = [];

    public string? this[string field] => Values.FirstOrDefault(v => v.Key.Equals(field, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>Records of recipes on their way through the pipeline of all doors: added, or changed where one has the same text in the field by which they are matched.</summary>
sealed class RecordRows(CrmDbContext db, RecordStore store)
{
    const int Batch = 500;
    readonly RecipeReferences _references = new(db);

    /// <summary>The entries of a list; what has no such form is reported.</summary>
    /// <param name="fieldOf">The field that a key stands for.</param>
    public static IEnumerable<RecordRow> Read(RecipeStepContext step, RecordType type, string list, Func<string, string>? fieldOf = null)
    {
        foreach (var (record, path) in step.Items<JsonObject>(list))
        {
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in record)
                if (Text(step, type, $"{path}.{key}", fieldOf?.Invoke(key) ?? key, value) is { } text) values[fieldOf?.Invoke(key) ?? key] = text;
            yield return new(path, values);
        }
    }

    /// <summary>Adds or changes them in batches.</summary>
    public async Task SaveAsync(RecipeStepContext step, RecordType type, Field match, IEnumerable<RecordRow> rows, CancellationToken cancel)
    {
        foreach (var batch in rows.Chunk(Batch)) await SaveAsync(step, type, match, batch, cancel);
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

    async Task SaveAsync(RecipeStepContext step, RecordType type, Field match, RecordRow[] rows, CancellationToken cancel)
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
        if (db.Snapshot.RecordTypes.GetValueOrDefault(typeName) is not { } type) return;
        var writes = children.Select(c => new RecordWrite(null, new Dictionary<string, string?>(c.Child.Values) { [c.Child.Lookup] = c.Owner.ToString() })).ToList();
        foreach (var result in await store.SaveManyAsync(type, writes, cancel)) Report(step, RecordsStep.DemoPath, result);
    }

    static void Report(RecipeStepContext step, string path, SaveResult result)
    {
        foreach (var problem in result.Problems) step.Problem(problem.Field.Length > 0 && path != RecordsStep.DemoPath ? $"{path}.{problem.Field}" : path, problem.Key, problem.Args);
    }

    /// <summary>As the field would keep it, so that a record written with other spacing is found again.</summary>
    string KeyOf(RecordRow row, Field match)
    {
        var text = row[match.Name]!;
        return match.Kind.TryParse(text, match, db.Snapshot.Settings.FieldContext, out var value) ? (string)value! : text;
    }
}
