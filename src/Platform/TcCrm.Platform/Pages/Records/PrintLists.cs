using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Records;

/// <param name="IsCut">The list goes on beyond what is printed.</param>
public sealed record PrintedList(ListState State, IReadOnlyList<Field> Columns, IReadOnlyList<Record> Rows, bool IsCut);

/// <summary>Reads lists for paper. Who wants more rows than anybody reads on paper exports them.</summary>
public sealed class PrintLists(CrmDbContext db, RecordLists lists, RecordLabels labels)
{
    public const int Most = 1000;
    const int PageSize = 500;

    /// <exception cref="BadFilterException">A part of the address is malformed.</exception>
    public async Task<PrintedList> ReadAsync(RecordType type, IQueryCollection asked, CancellationToken cancel)
    {
        var state = ListState.Read(type, asked);
        var columns = RecordLists.ColumnsOf(type);
        var query = state.Query with { Sort = state.Sort, Only = columns, After = null, Size = PageSize, Also = RecordRight.Print };
        var (rows, next) = (new List<Record>(), (Cursor?)null);
        do
        {
            (var items, next) = await type.ListAsync(db, query with { After = next }, cancel);
            await labels.LoadAsync(columns, items, cancel);
            rows.AddRange(items);
        }
        while (next is not null && rows.Count < Most);
        await lists.LoadFilterNamesAsync(state, cancel);
        return new(state, columns, rows, next is not null);
    }
}
