using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>What a list shows. <paramref name="Sort"/> is a field's name, with '-' for falling; null is newest first.</summary>
/// <param name="Size">Rows of a page, 1 to 200.</param>
/// <param name="Deleted">The recycle bin instead of the live records.</param>
public sealed record RecordQuery(IReadOnlyList<FieldFilter> Filters, string? Search, string? Sort, Cursor? After, int Size, bool Deleted = false)
{
    public static readonly RecordQuery All = new([], null, null, null, 25);
}

public sealed record RecordPage(IReadOnlyList<Record> Items, Cursor? Next);
