using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

enum RowOutcome { Added, Updated, Unchanged, Skipped, Error }

/// <summary>Some rows brought onto their records in a context; nothing is saved here. A row that had problems before stays out.</summary>
sealed class ImportBatch(CrmDbContext db, ColumnMap map, IReadOnlyList<ImportRow> rows)
{
    readonly HashSet<ImportRow> _matched = [];
    readonly HashSet<Guid> _reached = [];
    readonly Dictionary<Record, ImportRow> _rowOfRecord = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<ImportRow> Rows => rows;
    public Dictionary<ImportRow, RowOutcome> Outcomes { get; } = [];
    /// <summary>Good rows whose record exists.</summary>
    public int Matching => _matched.Count(r => r.Problems.Count == 0);
    public int ChangedValues { get; private set; }
    /// <summary>Records that do not exist yet and may be added.</summary>
    public IEnumerable<Record> Added => _rowOfRecord.Where(r => Outcomes[r.Value] == RowOutcome.Added).Select(r => r.Key);

    public async Task ApplyAsync(CancellationToken cancel)
    {
        var existing = await ExistingAsync(cancel);
        foreach (var row in rows.Where(r => r.Problems.Count == 0))
        {
            var found = row.Key is null ? [] : existing[row.Key].ToList();
            if (found.Count > 1) row.Refuse(map.Match!.Source.Header, new(map.Match.Field.Name, "{0} records have the value '{1}'.", found.Count, row.Key) { Code = "not-unique" });
            else if (found is [var one] && !_reached.Contains(one.Id)) row.Refuse(map.Match!.Source.Header, new(map.Match.Field.Name, "There is a record with this value that you may not change."));
            else Apply(row, found.FirstOrDefault());
        }
        foreach (var row in rows.Where(r => r.Problems.Count > 0)) Outcomes[row] = RowOutcome.Error;
    }

    /// <summary>Tells the rows of these records what is wrong with them.</summary>
    public void Refuse(IEnumerable<(Record Record, RecordProblem Problem)> problems)
    {
        foreach (var (record, problem) in problems)
            if (_rowOfRecord.TryGetValue(record, out var row)) row.Refuse(map.HeaderOf(problem.Field), problem);
    }

    async Task<ILookup<string, Record>> ExistingAsync(CancellationToken cancel)
    {
        var keys = rows.Where(r => r.Problems.Count == 0).Select(r => r.Key).OfType<string>().Distinct().ToList<object>();
        if (map.Match is null || keys.Count == 0) return Array.Empty<Record>().ToLookup(_ => "");
        var records = await map.Type.FindByAsync(db, map.Match.Field, keys, right: null, cancel);
        _reached.UnionWith((await map.Type.FindByAsync(db, map.Match.Field, keys, RecordRight.Edit, cancel)).Select(r => r.Id));
        return records.ToLookup(r => map.Match.Field.Text(r));
    }

    void Apply(ImportRow row, Record? existing)
    {
        if (existing is not null) _matched.Add(row);
        if (existing is null ? map.Plan.Mode == ImportMode.Update : map.Plan.Mode == ImportMode.Add)
        {
            Outcomes[row] = RowOutcome.Skipped;
            return;
        }
        var record = existing ?? map.Type.New();
        var before = map.Fields.Select(f => f.Field.Text(record)).ToList();
        foreach (var value in row.Values) Set(row, record, value, isNew: existing is null);
        if (row.Problems.Count > 0) return;
        if (existing is null) db.Add(record);
        _rowOfRecord.Add(record, row);
        var changed = map.Fields.Where((f, i) => f.Field.Text(record) != before[i]).Count();
        if (existing is not null) ChangedValues += changed;
        Outcomes[row] = existing is null ? RowOutcome.Added : changed > 0 ? RowOutcome.Updated : RowOutcome.Unchanged;
    }

    void Set(ImportRow row, Record record, CellValue value, bool isNew)
    {
        if (value.Value is null && (isNew || !map.Plan.EmptyClears)) return;
        if (!value.Field.TrySet(record, value.Value))
            row.Refuse(value.Mapped.Source.Header, new(value.Field.Name, "Fill in this field.") { Code = "required" });
    }
}
