using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>
/// <c>{ "name": "organisation", "Positions": [{ "Code", "Name" }], "Units": [{ "Code", "Name", "Kind", "Parent" }], "Departments": [{ "Code", "Name", "Unit", "Parent" }],
/// "Assignments": [{ "User", "Unit", "Duty" }] }</c>, rows in any order. The records are found again by their codes, as in the step <c>records</c>, which an export writes them as.
/// </summary>
public sealed class OrganisationStep(CrmDbContext db, RecordStore store) : IRecipeStep
{
    const string Code = RecordType.CodeField, Parent = "ParentId";
    static readonly (string List, string Type)[] Lists = [("Positions", "organisation.position"), ("Units", "organisation.unit"), ("Departments", "organisation.department"), ("Assignments", "organisation.assignment")];
    /// <summary>Words of the step for fields.</summary>
    static readonly Dictionary<string, string> Fields = new(StringComparer.OrdinalIgnoreCase) { ["Code"] = Code, ["Parent"] = Parent, ["Unit"] = "UnitId", ["Head"] = "HeadId", ["User"] = "UserId" };

    public string Name => "organisation";

    public async Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var isThere = db.Snapshot.Tenant.State != TenantState.Uninitialized && await db.Set<FeatureRow>().AnyAsync(f => f.Id == OrganisationStartup.Id, cancel);
        var references = isThere ? new RecipeReferences(db) : null;
        foreach (var (list, type) in Lists.Select(l => (l.List, db.Snapshot.RecordTypes[l.Type])))
        {
            var rows = Rows(step, list, type);
            CheckCodes(step, type, rows);
            CheckCircles(step, rows);
            foreach (var row in rows) await CheckReferencesAsync(step, type, row, references, cancel);
        }
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var records = new RecordRows(db, store);
        foreach (var (list, type) in Lists.Select(l => (l.List, db.Snapshot.RecordTypes[l.Type])))
            foreach (var level in Levels(Rows(step, list, type))) await records.SaveAsync(step, type, type.Find(Code)!, level, cancel);
    }

    /// <summary>Who works where is the code of an assignment that has none.</summary>
    static List<RecordRow> Rows(RecipeStepContext step, string list, RecordType type) =>
        [.. RecordRows.Read(step, type, list, key => Fields.GetValueOrDefault(key, key)).Select(row => type.Name == "organisation.assignment" && string.IsNullOrWhiteSpace(row[Code])
            ? row with { Values = new Dictionary<string, string?>(row.Values, StringComparer.OrdinalIgnoreCase) { [Code] = $"{row["UserId"]} {row["UnitId"]} {row["Duty"]}" } } : row)];

    static void CheckCodes(RecipeStepContext step, RecordType type, List<RecordRow> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row[Code] is not { } code || string.IsNullOrWhiteSpace(code)) step.Problem($"{row.Path}.Code", "Fill in this field.");
            else if (!seen.Add(code)) step.Problem($"{row.Path}.Code", "Two records here have the value '{0}'.", code);
            else step.Plan.Promise(type.Name, code);
        }
    }

    static void CheckCircles(RecipeStepContext step, List<RecordRow> rows)
    {
        var known = ByCode(rows);
        foreach (var row in rows)
            if (Above(row, known).Contains(row)) step.Problem($"{row.Path}.Parent", "'{0}' would stand below itself.", row[Code]);
    }

    static async Task CheckReferencesAsync(RecipeStepContext step, RecordType type, RecordRow row, RecipeReferences? references, CancellationToken cancel)
    {
        foreach (var field in type.Fields.Where(f => f.LookupType is not null || f.Kind.Name == "user"))
        {
            if (row[field.Name] is not { Length: > 0 } name || Guid.TryParse(name, out _) || step.Plan.Promises(field.LookupType ?? "user", name)) continue;
            if (references is null || await references.IdAsync(field, name, cancel) is not null) continue;
            step.Problem($"{row.Path}.{Fields.First(f => f.Value == field.Name).Key}", field.LookupType is null ? "There is no user '{0}'." : "There is no '{0}', neither here nor in this recipe.", name);
        }
    }

    /// <summary>Those whose parent is not among the rows first, then what stands below them.</summary>
    static IEnumerable<IEnumerable<RecordRow>> Levels(List<RecordRow> rows)
    {
        var known = ByCode(rows);
        return rows.GroupBy(row => Above(row, known).Count()).OrderBy(g => g.Key);
    }

    /// <summary>Its parent among the rows, the parent of that, and so on; of a circle each once.</summary>
    static IEnumerable<RecordRow> Above(RecordRow row, Dictionary<string, RecordRow> known)
    {
        var seen = new HashSet<RecordRow>(ReferenceEqualityComparer.Instance);
        for (var at = row; at[Parent] is { } parent && known.TryGetValue(parent, out at) && seen.Add(at);) yield return at;
    }

    static Dictionary<string, RecordRow> ByCode(List<RecordRow> rows) => rows.Where(r => r[Code] is not null).DistinctBy(r => r[Code]).ToDictionary(r => r[Code]!, StringComparer.Ordinal);
}
