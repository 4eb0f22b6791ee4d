using TcCrm.Platform.Data;

namespace TcCrm.Platform.Views;

/// <summary>A list's saved columns, filters and sort, for everybody who may see the type.</summary>
public sealed class SavedView : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string RecordType { get; init; }
    /// <summary>A text key, such as "My customers".</summary>
    public required string Name { get; init; }
    /// <summary>Field names; empty takes the type's own columns.</summary>
    public List<string> Columns { get; set; } = [];
    /// <summary>Each as in the address of a list: <c>Kind:eq:Dealer</c>.</summary>
    public List<string> Filters { get; set; } = [];
    /// <summary>A field's name, with '-' for falling; null is newest first.</summary>
    public string? Sort { get; set; }
    /// <summary>Order among the views of the type.</summary>
    public int Position { get; set; }
}
