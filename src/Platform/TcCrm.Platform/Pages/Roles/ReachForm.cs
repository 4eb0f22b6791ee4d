using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Roles;

/// <summary>What one chooses about the reach of one right.</summary>
public sealed class ReachForm
{
    const int SpareRows = 2;

    public ReachKind Kind { get; set; }
    public List<Guid> Units { get; set; } = [];
    public List<ConditionRow> Conditions { get; set; } = [];

    public IEnumerable<ConditionRow> Filled => Conditions.Where(c => !string.IsNullOrEmpty(c.Field));

    public static ReachForm Of(RoleReach? reach) => new()
    {
        Kind = reach?.Kind ?? ReachKind.All,
        Units = [.. reach?.ReadUnits() ?? []],
        Conditions = [.. (reach?.ReadFilters() ?? []).Select(ConditionRow.Of)],
    };

    /// <summary>Without a script a form grows by empty rows.</summary>
    public ReachForm WithSpareRows()
    {
        Conditions = [.. Filled, .. Enumerable.Range(0, SpareRows).Select(_ => new ConditionRow())];
        return this;
    }

    public RoleReach Reach(Guid role, RecordRight right, RecordType type) => new()
    {
        RoleId = role,
        RecordType = type.Name,
        Right = right,
        Kind = Kind,
        Details = Kind switch
        {
            ReachKind.ChosenUnits => JsonSerializer.Serialize(Units.Distinct()),
            ReachKind.Matching => Permissions.Conditions.Write(Filled.Select(c => c.Filter(type)).OfType<FieldFilter>()),
            _ => "[]",
        },
    };
}

/// <summary>A condition on a field, as it is typed.</summary>
public sealed class ConditionRow
{
    public static readonly IReadOnlyList<(string Name, string Label)> Operators =
    [
        ("eq", "is"), ("ne", "is not"), ("in", "is one of"), ("has", "includes"), ("starts", "starts with"), ("lt", "is less than"), ("le", "is at most"),
        ("gt", "is more than"), ("ge", "is at least"), ("empty", "is empty"), ("filled", "is filled in"),
    ];

    public string? Field { get; set; }
    public string? Operator { get; set; }
    public string? Value { get; set; }

    public static ConditionRow Of(FieldFilter filter) => filter is { Operator: "empty", Value: "false" }
        ? new() { Field = filter.Field, Operator = "filled" }
        : new() { Field = filter.Field, Operator = filter.Operator, Value = filter.Operator == "empty" ? "" : filter.Value };

    /// <summary>Null when there is no such field.</summary>
    public FieldFilter? Filter(RecordType type) => type.Find(Field ?? "") is { } field ? FilterWords.Make(field, Operator ?? "eq", Value ?? "") : null;

    /// <summary>What a list with that filter would answer.</summary>
    public async Task<string?> ProblemAsync(RecordType type, CrmDbContext db, IText text, CancellationToken cancel)
    {
        if (Filter(type) is not { } filter) return text["There is no field '{0}'.", Field];
        try
        {
            await type.CountAsync(db, RecordQuery.All with { Filters = [filter] }, 1, cancel);
            return null;
        }
        catch (BadFilterException bad)
        {
            return text[bad.Key, [.. bad.Args]];
        }
    }
}
