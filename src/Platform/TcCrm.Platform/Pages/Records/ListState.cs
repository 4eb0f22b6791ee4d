using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What a list shows, as its address says it. Every link of the list is made from it, so that each state can be opened again.</summary>
/// <param name="Back">Cursors of the pages before this one, the nearest last. Keyset paging knows no way back but the way one came.</param>
/// <param name="Adding">The field whose filter is being chosen.</param>
public sealed record ListState(RecordType Type, RecordQuery Query, IReadOnlyList<string> Back, Field? Adding)
{
    const int LongestBack = 20;
    const int Size = 25;

    /// <exception cref="BadFilterException">A part of the address is malformed.</exception>
    public static ListState Read(RecordType type, IQueryCollection query) => new(
        type, RecordQueryText.Parse(query, Size), query["back"].ToString().Split('.', StringSplitOptions.RemoveEmptyEntries), type.Find(query["add"].ToString()));

    public static ListState Start(RecordType type) => new(type, RecordQuery.All, [], null);

    /// <summary>The sort in force, the type's own included.</summary>
    public string? Sort => Query.Sort ?? Type.Screens.DefaultSort;
    public bool IsNarrowed => Query.Filters.Count > 0 || Query.Search is { Length: > 0 };
    public int PageNumber => Query.After is null ? 1 : Back.Count + 2;

    public string Href => HrefOf(this);
    public string FirstPage => First(Query);
    public string WithoutEditor => HrefOf(this with { Adding = null });
    public string Cleared => HrefOf(this with { Query = Query with { Filters = [], Search = null, After = null }, Back = [], Adding = null });

    public string SortedBy(Field field) => First(Query with { Sort = IsSortedBy(field) switch { null => field.Name, false => "-" + field.Name, true => null } });

    /// <summary>Null when the list is not sorted by the field, else whether it falls.</summary>
    public bool? IsSortedBy(Field field) =>
        Sort is null || !Sort.TrimStart('-').Equals(field.Name, StringComparison.OrdinalIgnoreCase) ? null : Sort.StartsWith('-');

    public string Sized(int size) => First(Query with { Size = size });
    public string With(FieldFilter filter) => First(Query with { Filters = [.. Query.Filters.Where(f => f != filter), filter] });
    public string Without(string filter) => First(Query with { Filters = [.. Query.Filters.Where(f => f.ToString() != filter)] });

    public string? Next(Cursor? next) => next is null ? null : HrefOf(this with
    {
        Query = Query with { After = next },
        Back = Query.After is { } here ? [.. Back.Append(here.ToString()).TakeLast(LongestBack)] : [],
        Adding = null,
    });

    public string? Previous => Query.After is null ? null : HrefOf(this with
    {
        Query = Query with { After = Back is [.., var last] && Cursor.TryParse(last, out var cursor) ? cursor : null },
        Back = [.. Back.SkipLast(1)],
        Adding = null,
    });

    string First(RecordQuery query) => HrefOf(this with { Query = query with { After = null }, Back = [], Adding = null });

    static string HrefOf(ListState state)
    {
        var query = new QueryBuilder();
        foreach (var filter in state.Query.Filters) query.Add("filter", filter.ToString());
        if (state.Query.Search is { Length: > 0 } search) query.Add("q", search);
        if (state.Query.Sort is { } sort) query.Add("sort", sort);
        if (state.Query.Size != Size) query.Add("size", state.Query.Size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (state.Query.After is { } after) query.Add("after", after.ToString());
        if (state.Back.Count > 0) query.Add("back", string.Join('.', state.Back));
        if (state.Adding is { } adding) query.Add("add", adding.Name);
        return RecordLinks.List(state.Type) + query;
    }
}
