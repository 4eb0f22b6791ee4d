using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Views;

namespace TcCrm.Platform.Pages.Records;

/// <summary>What a list shows, as its address says it. Every link of the list is made from it, so that each state can be opened again.</summary>
/// <param name="Back">Cursors of the pages before this one, the nearest last. Keyset paging knows no way back but the way one came.</param>
/// <param name="Adding">The field whose filter is being chosen.</param>
/// <param name="Or">The filter that gets an alternative.</param>
public sealed record ListState(RecordType Type, RecordQuery Query, IReadOnlyList<string> Back, Field? Adding, string? Or = null)
{
    const string AllRecords = "all";
    const int LongestBack = 20;
    const int Size = 25;

    public KnownViews Known { get; init; } = KnownViews.None;
    /// <summary>The view that the list began with; null for all records.</summary>
    public SavedView? View { get; init; }
    /// <summary>Names of columns that stand in the address; empty for those of the view, or of the reader.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <exception cref="BadFilterException">A part of the address is malformed.</exception>
    public static ListState Read(RecordType type, IQueryCollection query) => new(
        type, RecordQueryText.Parse(query, Size), query["back"].ToString().Split('.', StringSplitOptions.RemoveEmptyEntries), type.Find(query["add"].ToString()), query["or"] is [{ Length: > 0 } or] ? or : null)
    {
        Columns = query["cols"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries),
        IsChoosing = query.ContainsKey("choose"),
    };

    /// <summary>The same with views: <c>?view=…</c> alone shows it as it was saved, with <c>own</c> as the rest of the address says.</summary>
    /// <exception cref="BadFilterException">A part of the address is malformed.</exception>
    public static ListState Read(RecordType type, IQueryCollection query, KnownViews known)
    {
        var state = Read(type, query) with { Known = known };
        var view = Guid.TryParse(query["view"], out var id) ? known.Find(id) : IsBare(query) ? known.Default : null;
        if (view is null) return state;
        if (query.ContainsKey("own")) return state with { View = view };
        return state with { View = view, Columns = view.Columns, Query = state.Query with { Filters = [.. view.Filters.Select(RecordQueryText.ParseFilter)], Sort = view.Sort } };
    }

    public static ListState Start(RecordType type) => new(type, RecordQuery.All, [], null);

    /// <summary>What a view would keep of it.</summary>
    public SavedQuery Saved => new([.. Query.Filters.Select(f => f.ToString())], Query.Sort, Columns);
    public bool IsChanged => !Saved.Equals(View is null ? new([], null, []) : SavedQuery.Of(View));

    /// <summary>With all that the view says written out, for pages that know no views.</summary>
    public string Plain => HrefOf(this with { View = null, Known = KnownViews.None });
    public string Opened(SavedView? view) => RecordLinks.List(Type) + (view is not null ? $"?view={view.Id}" : Known.Default is not null ? "?view=" + AllRecords : "");
    public string Showing(IReadOnlyList<string> columns) => HrefOf(Closed with { Columns = columns });
    public string Choosing => HrefOf(Closed with { IsChoosing = true });

    /// <summary>The columns are being chosen.</summary>
    public bool IsChoosing { get; init; }

    /// <summary>Without what is being put together.</summary>
    ListState Closed => this with { Adding = null, Or = null, IsChoosing = false };

    /// <summary>How the form of the filter bar says which view it began with.</summary>
    public IEnumerable<(string Name, string Value)> Hidden
    {
        get
        {
            if (View is not null) yield return ("view", View.Id.ToString());
            else if (Known.Default is not null) yield return ("view", AllRecords);
            if (View is not null) yield return ("own", "1");
            if (Columns.Count > 0) yield return ("cols", string.Join(',', Columns));
        }
    }

    static bool IsBare(IQueryCollection query) => !query.Keys.Any(k => k is "view" or "filter" or "q" or "sort" or "cols");

    /// <summary>The sort in force, the type's own included.</summary>
    public string? Sort => Query.Sort ?? Type.Screens.DefaultSort;
    public bool IsNarrowed => Query.Filters.Count > 0 || Query.Search is { Length: > 0 };
    public int PageNumber => Query.After is null ? 1 : Back.Count + 2;

    public string Href => HrefOf(this);
    public string FirstPage => First(Query);
    public string WithoutEditor => HrefOf(Closed);
    public string Cleared => HrefOf(Closed with { Query = Query with { Filters = [], Search = null, After = null }, Back = [] });

    public string SortedBy(Field field) => First(Query with { Sort = IsSortedBy(field) switch { null => field.Name, false => "-" + field.Name, true => null } });

    /// <summary>Null when the list is not sorted by the field, else whether it falls.</summary>
    public bool? IsSortedBy(Field field) =>
        Sort is null || !Sort.TrimStart('-').Equals(field.Name, StringComparison.OrdinalIgnoreCase) ? null : Sort.StartsWith('-');

    public string Sized(int size) => First(Query with { Size = size });
    public string With(FieldFilter filter) => First(Query with { Filters = Query.Filters.Any(f => f.ToString() == Or) ? [.. Query.Filters.Select(f => f.ToString() == Or ? Either(f, filter) : f)] : [.. Query.Filters.Where(f => f != filter), filter] });
    public string Alternative(FieldFilter filter) => HrefOf(Closed with { Or = filter.ToString() });
    /// <summary>Without one of the alternatives; the last one takes the filter along.</summary>
    public string Without(string filter) => First(Query with { Filters = [.. Query.Filters.Select(f => Less(f, filter)).OfType<FieldFilter>()] });

    static FilterGroup Either(FieldFilter filter, FieldFilter other) => new(Any: true, [.. (filter is FilterGroup { Any: true } any ? any.Parts : [filter]).Where(p => p != other), other]);

    static FieldFilter? Less(FieldFilter filter, string gone) => filter.ToString() == gone ? null
        : filter is not FilterGroup { Any: true } any ? filter
        : any.Parts.Where(p => $"{any}#{p}" != gone).ToList() is var left && left.Count > 1 ? any with { Parts = left } : left[0];

    public string? Next(Cursor? next) => next is null ? null : HrefOf(Closed with
    {
        Query = Query with { After = next },
        Back = Query.After is { } here ? [.. Back.Append(here.ToString()).TakeLast(LongestBack)] : [],
    });

    public string? Previous => Query.After is null ? null : HrefOf(Closed with
    {
        Query = Query with { After = Back is [.., var last] && Cursor.TryParse(last, out var cursor) ? cursor : null },
        Back = [.. Back.SkipLast(1)],
    });

    string First(RecordQuery query) => HrefOf(Closed with { Query = query with { After = null }, Back = [] });

    static string HrefOf(ListState state)
    {
        var query = new QueryBuilder();
        var isOwn = state.View is null || state.IsChanged;
        if (state.View is not null) query.Add("view", state.View.Id.ToString());
        else if (state.Known.Default is not null) query.Add("view", AllRecords);
        if (state.View is not null && isOwn) query.Add("own", "1");
        foreach (var filter in isOwn ? state.Query.Filters : []) query.Add("filter", filter.ToString());
        if (state.Query.Search is { Length: > 0 } search) query.Add("q", search);
        if (isOwn && state.Query.Sort is { } sort) query.Add("sort", sort);
        if (isOwn && state.Columns.Count > 0) query.Add("cols", string.Join(',', state.Columns));
        if (state.Query.Size != Size) query.Add("size", state.Query.Size.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (state.Query.After is { } after) query.Add("after", after.ToString());
        if (state.Back.Count > 0) query.Add("back", string.Join('.', state.Back));
        if (state.Adding is { } adding) query.Add("add", adding.Name);
        if (state.Or is { } or) query.Add("or", or);
        if (state.IsChoosing) query.Add("choose", "columns");
        return RecordLinks.List(state.Type) + query;
    }
}
