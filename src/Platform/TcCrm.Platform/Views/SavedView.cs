using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Views;

/// <summary>A list's saved columns, filters and sort: somebody's own, or shared.</summary>
public sealed class SavedView : IPlatformEntity
{
    public const int LongestName = 100;

    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string RecordType { get; init; }
    /// <summary>As typed; of a recipe a text key, such as "My customers".</summary>
    public required string Name { get; set; }
    /// <summary>Whose alone it is; null when it is shared.</summary>
    public Guid? OwnerId { get; set; }
    /// <summary>Names of the roles that have it; empty for everybody who may see the type.</summary>
    public List<string> Roles { get; set; } = [];
    /// <summary>Whoever has chosen nothing else begins with it.</summary>
    public bool IsDefault { get; set; }
    /// <summary>Field names; empty takes the columns that the reader has otherwise.</summary>
    public List<string> Columns { get; set; } = [];
    /// <summary>Each as in the address of a list: <c>Kind:eq:Dealer</c>.</summary>
    public List<string> Filters { get; set; } = [];
    /// <summary>A field's name, with '-' for falling; null is newest first.</summary>
    public string? Sort { get; set; }
    /// <summary>Order among the views of the type.</summary>
    public int Position { get; set; }

    /// <summary>Without conditions and sort on fields that the type does not have, or not for this reader: it is as if they did not exist.</summary>
    public void NarrowTo(RecordType type)
    {
        Filters = [.. Filters.Where(f => IsOf(type, f))];
        if (Sort is not null && type.Find(Sort.TrimStart('-')) is not { Kind.CanSort: true }) Sort = null;
    }

    static bool IsOf(RecordType type, string filter)
    {
        try
        {
            return RecordQueryText.ParseFilter(filter).Leaves.All(l => type.Find(l.Field) is { } field && MeantFilters.Takes(field, l.Operator));
        }
        catch (BadFilterException)
        {
            return false;
        }
    }
}

/// <summary>How somebody likes the list of a type.</summary>
public sealed class ListChoice : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    public required string RecordType { get; init; }
    /// <summary>With which view they begin; <see cref="Guid.Empty"/> is all records, null leaves it to the shared ones.</summary>
    public Guid? ViewId { get; set; }
    /// <summary>Field names; empty takes the type's own.</summary>
    public List<string> Columns { get; set; } = [];
}
