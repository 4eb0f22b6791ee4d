using System.Globalization;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Views;

namespace TcCrm.Platform.Pages.Records;

/// <summary>A page of a list with the names of all it points to.</summary>
/// <param name="Problem">Why the address could not be read as a list; the list is empty then.</param>
public sealed record RecordList(ListState State, IReadOnlyList<Field> Columns, RecordPage Page, string? Problem);

/// <summary>Reads lists for the screen.</summary>
public sealed class RecordLists(CrmDbContext db, RecordLabels labels, ListViews views, IText text)
{
    const int Many = 10_000;

    public async Task<RecordList> ReadAsync(RecordType type, IQueryCollection query, CancellationToken cancel)
    {
        var columns = ColumnsOf(type);
        var known = await views.ReadAsync(type, cancel);
        var state = ListState.Start(type) with { Known = known };
        try
        {
            state = ListState.Read(type, query, known);
            columns = ColumnsOf(type, state.Columns is { Count: > 0 } asked ? asked : known.Choice?.Columns ?? []);
            var page = await type.ListAsync(db, state.Query with { Sort = state.Sort, Only = columns }, cancel);
            await labels.LoadAsync(columns, page.Items, cancel);
            await LoadFilterNamesAsync(state, cancel);
            return new(state, columns, page, null);
        }
        catch (BadFilterException bad)
        {
            return new(state, columns, new([], null), text[bad.Key, [.. bad.Args]]);
        }
    }

    /// <summary>Such as "1,286 records" or "10,000+ records": counted no further than somebody would read.</summary>
    public async Task<string> CountAsync(RecordType type, IQueryCollection query, CancellationToken cancel)
    {
        try
        {
            var count = await type.CountAsync(db, ListState.Read(type, query).Query, Many + 1, cancel);
            return count > Many ? text["{0}+ records", Number(Many)] : count == 1 ? text["1 record"] : text["{0} records", Number(count)];
        }
        catch (BadFilterException)
        {
            return "";
        }
    }

    static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>The title first: it is what the eye looks for, and on a phone the first line.</summary>
    public static IReadOnlyList<Field> ColumnsOf(RecordType type) => [type.Title, .. type.Columns.Where(c => c != type.Title)];

    /// <summary>Those that were asked for, in that order, as far as the reader sees them; the type's own when none is left.</summary>
    public static IReadOnlyList<Field> ColumnsOf(RecordType type, IReadOnlyList<string> names) =>
        names.Select(type.Find).OfType<Field>().Where(f => f != type.Title).Distinct().ToList() is { Count: > 0 } chosen ? [type.Title, .. chosen] : ColumnsOf(type);

    public Task LoadFilterNamesAsync(ListState state, CancellationToken cancel) => labels.LoadAsync(state.Query.Filters.SelectMany(f => f.Leaves)
        .Select(f => (Field: state.Type.Find(f.Field)!, Id: Guid.TryParse(f.Value, out var id) ? id : Guid.Empty))
        .Where(p => p.Id != Guid.Empty && RecordLabels.Points(p.Field)), cancel);
}
