using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Records;

/// <summary>What a list shows. <paramref name="Sort"/> is a field's name, with '-' for falling; null is newest first.</summary>
/// <param name="Size">Rows of a page, 1 to 200.</param>
/// <param name="Deleted">The recycle bin instead of the live records.</param>
/// <param name="Only">Columns of the type: other fields of the records may come empty. Null for whole records.</param>
/// <param name="Also">What one must be allowed to do with the rows besides seeing them, such as to export them.</param>
public sealed record RecordQuery(IReadOnlyList<FieldFilter> Filters, string? Search, string? Sort, Cursor? After, int Size, bool Deleted = false, IReadOnlyList<Field>? Only = null, RecordRight? Also = null)
{
    public static readonly RecordQuery All = new([], null, null, null, 25);

    /// <summary>The first page of a list as it opens, whatever its size.</summary>
    internal bool IsNewest => Filters.Count == 0 && string.IsNullOrEmpty(Search) && Sort is null && After is null && !Deleted;
    /// <summary>What one must be allowed to do with the rows to see them.</summary>
    internal RecordRight SeenBy => Deleted ? RecordRight.Delete : RecordRight.View;
}

public sealed record RecordPage(IReadOnlyList<Record> Items, Cursor? Next);
