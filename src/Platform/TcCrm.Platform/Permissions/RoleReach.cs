using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Permissions;

/// <summary>How far a right of a role reaches. Without an entry it reaches every record.</summary>
public enum ReachKind { All, Own, Unit, UnitAndBelow, ChosenUnits, Matching }

/// <summary>Narrows one right of one role on one record type.</summary>
public sealed class RoleReach : IPlatformEntity
{
    public Guid RoleId { get; init; }
    public required string RecordType { get; init; }
    public RecordRight Right { get; init; }
    public ReachKind Kind { get; set; }
    /// <summary>JSON: ids of the chosen units, or filters as <c>field:operator:value</c>.</summary>
    public string Details { get; set; } = "[]";

    /// <summary>Whether the one reaches all that the other does, told from the rules alone; null reaches everything.</summary>
    public static bool Covers(RoleReach? held, RoleReach? wanted) => (held?.Kind ?? ReachKind.All, wanted?.Kind ?? ReachKind.All) switch
    {
        (ReachKind.All, _) => true,
        (ReachKind.Own, ReachKind.Own) => true,
        (ReachKind.Unit or ReachKind.UnitAndBelow, ReachKind.Unit) => true,
        (ReachKind.UnitAndBelow, ReachKind.UnitAndBelow) => true,
        (ReachKind.ChosenUnits, ReachKind.ChosenUnits) => wanted!.ReadUnits().All(held!.ReadUnits().Contains),
        (ReachKind.Matching, ReachKind.Matching) => held!.Details == wanted!.Details,
        _ => false,
    };

    public IReadOnlyList<Guid> ReadUnits() => Kind == ReachKind.ChosenUnits ? JsonSerializer.Deserialize<Guid[]>(Details)! : [];
    public IReadOnlyList<FieldFilter> ReadFilters() => Kind == ReachKind.Matching ? Conditions.Read(Details) : [];
}

/// <summary>What a role may do with one field. The more a user's roles allow, the more holds.</summary>
public enum FieldLevel { Hidden, Masked, ReadOnly, Open }

/// <summary>Narrows one field for one role.</summary>
public sealed class FieldRule : IPlatformEntity
{
    public Guid RoleId { get; init; }
    public required string RecordType { get; init; }
    public required string Field { get; init; }
    public FieldLevel Level { get; set; }
}

/// <summary>With whom something is shared.</summary>
public enum ShareWith { User, Role, Unit }

/// <summary>Opens the records that match to a user, a role or those who work in a unit, whatever their roles reach.</summary>
public sealed class SharingRule : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string Name { get; set; }
    public required string RecordType { get; init; }
    public string Filters { get; set; } = "[]";
    public ShareWith WithKind { get; set; }
    public Guid WithId { get; set; }
    public bool MayEdit { get; set; }
    public bool IsEnabled { get; set; } = true;

    public IReadOnlyList<FieldFilter> ReadFilters() => Conditions.Read(Filters);
    public void SetFilters(IEnumerable<FieldFilter> filters) => Filters = Conditions.Write(filters);
}

/// <summary>Opens one record to a user, a role or those who work in a unit.</summary>
public sealed class RecordShare : IPlatformEntity
{
    public Guid RecordId { get; init; }
    public Guid WithId { get; init; }
    public ShareWith WithKind { get; init; }
    public required string RecordType { get; init; }
    public bool MayEdit { get; set; }
    /// <summary>The last day on which it counts; null: until it is withdrawn.</summary>
    public DateOnly? Until { get; set; }
    public DateTime SharedAt { get; init; }
    public Guid? SharedById { get; init; }
}

static class Conditions
{
    public static IReadOnlyList<FieldFilter> Read(string json) => [.. JsonSerializer.Deserialize<string[]>(json)!.Select(Records.RecordQueryText.ParseFilter)];
    public static string Write(IEnumerable<FieldFilter> filters) => JsonSerializer.Serialize(filters.Select(f => f.ToString()));
}
