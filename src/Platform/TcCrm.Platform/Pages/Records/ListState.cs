using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What a list shows, as its address says it. Every link of the list is made from it, so that each state can be opened again.</summary>
/// <param name="Back">Cursors of the pages before this one, the nearest last. Keyset paging knows no way back but the way one came.</param>
/// <param name="Adding">The field whose filter is being chosen.</param>
/// <param name="Or">The filter that gets an alternative.</param>
public sealed record ListState(RecordType Type, RecordQuery Query, IReadOnlyList<string> Back, Field? Adding, string? Or = null)
{
    const int LongestBack = 20;
    const int Size = 25;

    /// <exception cref="BadFilterException">A part of the address is malformed.</exception>
    public static ListState Read(RecordType type, IQueryCollection query) => new(
        type, RecordQueryText.Parse(query, Size), query["back"].ToString().Split('.', StringSplitOptions.RemoveEmptyEntries), type.Find(query["add"].ToString()), query["or"] is [{ Length: > 0 } or] ? or : null);

    public static ListState Start(RecordType type) => new(type, RecordQuery.All, [], null);

    /// <summary>The sort in force, the type's own included.</summary>
    public string? Sort => Query.Sort ?? Type.Screens.DefaultSort;
    public bool IsNarrowed => Query.Filters.Count > 0 || Query.Search is { Length: > 0 };
    public int PageNumber => Query.After is null ? 1 : Back.Count + 2;

    public string Href => HrefOf(this);
    public string FirstPage => First(Query);
    public string WithoutEditor => HrefOf(this with { Adding = null, Or = null });
    public string Cleared => HrefOf(this with { Query = Query with { Filters = [], Search = null, After = null }, Back = [], Adding = null, Or = null });

    public string SortedBy(Field field) => First(Query with { Sort = IsSortedBy(field) switch { null => field.Name, false => "-" + field.Name, true => null } });

    /// <summary>Null when the list is not sorted by the field, else whether it falls.</summary>
    public bool? IsSortedBy(Field field) =>
        Sort is null || !Sort.TrimStart('-').Equals(field.Name, StringComparison.OrdinalIgnoreCase) ? null : Sort.StartsWith('-');

    public string Sized(int size) => First(Query with { Size = size });
    public string With(FieldFilter filter) => First(Query with { Filters = Query.Filters.Any(f => f.ToString() == Or) ? [.. Query.Filters.Select(f => f.ToString() == Or ? Either(f, filter) : f)] : [.. Query.Filters.Where(f => f != filter), filter] });
    public string Alternative(FieldFilter filter) => HrefOf(this with { Adding = null, Or = filter.ToString() });
    /// <summary>Without one of the alternatives; the last one takes the filter along.</summary>
    public string Without(string filter) => First(Query with { Filters = [.. Query.Filters.Select(f => Less(f, filter)).OfType<FieldFilter>()] });

    static FilterGroup Either(FieldFilter filter, FieldFilter other) => new(Any: true, [.. (filter is FilterGroup { Any: true } any ? any.Parts : [filter]).Where(p => p != other), other]);

    static FieldFilter? Less(FieldFilter filter, string gone) => filter.ToString() == gone ? null
        : filter is not FilterGroup { Any: true } any ? filter
        : any.Parts.Where(p => $"{any}#{p}" != gone).ToList() is var left && left.Count > 1 ? any with { Parts = left } : left[0];

    public string? Next(Cursor? next) => next is null ? null : HrefOf(this with
    {
        Query = Query with { After = next },
        Back = Query.After is { } here ? [.. Back.Append(here.ToString()).TakeLast(LongestBack)] : [],
        Adding = null,
        Or = null,
    });

    public string? Previous => Query.After is null ? null : HrefOf(this with
    {
        Query = Query with { After = Back is [.., var last] && Cursor.TryParse(last, out var cursor) ? cursor : null },
        Back = [.. Back.SkipLast(1)],
        Adding = null,
        Or = null,
    });

    string First(RecordQuery query) => HrefOf(this with { Query = query with { After = null }, Back = [], Adding = null, Or = null });

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
        if (state.Or is { } or) query.Add("or", or);
        return RecordLinks.List(state.Type) + query;
    }
}
