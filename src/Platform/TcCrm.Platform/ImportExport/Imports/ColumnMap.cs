using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Where the text of a field comes from: a column of the file, or a constant.</summary>
sealed record CellSource(string Header, int Column, string? Constant)
{
    public string Of(string[] cells) => (Constant ?? cells[Column]).Trim();
}

/// <summary>A field and its sources; only a region has more than one, from the largest division to the smallest.</summary>
sealed record MappedField(Field Field, IReadOnlyList<CellSource> Sources)
{
    public CellSource Source => Sources[0];
}

/// <summary>A plan with its names resolved against a record type and the header of a file.</summary>
sealed class ColumnMap
{
    readonly Dictionary<string, string> _headerOfField;

    ColumnMap(RecordType type, ImportPlan plan, IReadOnlyList<MappedField> fields, MappedField? match)
    {
        (Type, Plan, Fields, Match) = (type, plan, fields, match);
        Texts = fields.Where(f => f.Field.Kind is TextKind and not RegionKind).SelectMany(f => f.Sources).Select(s => s.Header).ToHashSet();
        _headerOfField = fields.ToDictionary(f => f.Field.Name, f => f.Source.Header);
        Upward = [.. fields.Where(f => f.Field.LookupType == type.Name)];
        Names = [.. type.Names.SelectMany(name => fields.Append(match).OfType<MappedField>().Where(f => f.Field == name && f.Source.Constant is null).Take(1))];
    }

    public RecordType Type { get; }
    public ImportPlan Plan { get; }
    /// <summary>What is written: without a read-only match field such as the record's number.</summary>
    public IReadOnlyList<MappedField> Fields { get; }
    public MappedField? Match { get; }
    /// <summary>Headers whose text is kept as it stands.</summary>
    public IReadOnlySet<string> Texts { get; }

    /// <summary>Fields by which a row names records of its own type, such as a unit's parent.</summary>
    public IReadOnlyList<MappedField> Upward { get; }
    /// <summary>Columns by which other rows name this one, see <see cref="RecordType.Names"/>.</summary>
    public IReadOnlyList<MappedField> Names { get; }

    public string HeaderOf(string field) => _headerOfField.GetValueOrDefault(field) ?? (Match?.Field.Name == field ? Match.Source.Header : "");

    /// <summary>Everything wrong with the plan is collected; the map is null unless there is nothing.</summary>
    public static (ColumnMap? Map, IReadOnlyList<RecordProblem> Problems) Resolve(ImportPlan plan, RecordType type, IReadOnlyList<string> header)
    {
        var problems = new List<RecordProblem>();
        var sources = new List<(Field Field, CellSource Source)>();
        foreach (var column in plan.Columns)
        {
            var index = header.ToList().FindIndex(h => h.Equals(column.Header.Trim(), StringComparison.OrdinalIgnoreCase));
            if (index < 0) problems.Add(new("", "The file has no column '{0}'.", column.Header));
            else sources.AddRange(FieldsNamed(column.Fields).Select(f => (f, new CellSource(header[index], index, null))));
        }
        foreach (var (name, text) in plan.Constants)
            sources.AddRange(FieldsNamed([name]).Select(f => (f, new CellSource(f.Name, -1, text))));
        var fields = sources.GroupBy(s => s.Field).Select(g => new MappedField(g.Key, [.. g.Select(s => s.Source)])).ToList();
        var match = MatchOf(plan, type, fields, problems);
        Check(fields, match, problems);
        return problems.Count > 0 ? (null, problems) : (new(type, plan, [.. fields.Where(f => !f.Field.IsReadOnly)], match), problems);

        IEnumerable<Field> FieldsNamed(IEnumerable<string> names)
        {
            foreach (var name in names)
                if (type.Find(name) is { } field) yield return field;
                else problems.Add(new("", "There is no field '{0}'.", name));
        }
    }

    static MappedField? MatchOf(ImportPlan plan, RecordType type, List<MappedField> fields, List<RecordProblem> problems)
    {
        if (string.IsNullOrEmpty(plan.MatchField))
        {
            if (plan.Mode == ImportMode.Update) problems.Add(new("", "Updating needs a field that tells which record a row means."));
            return null;
        }
        var match = fields.Find(f => f.Field.Name.Equals(plan.MatchField, StringComparison.OrdinalIgnoreCase));
        if (type.Find(plan.MatchField) is not { } field) problems.Add(new("", "There is no field '{0}'.", plan.MatchField));
        else if (match is null || match.Source.Constant is not null) problems.Add(new("", "No column fills the field '{0}', by which records are told apart.", field.Name));
        else if (!CanMatch(field)) problems.Add(new("", "Records cannot be told apart by the field '{0}'.", field.Name));
        return match;
    }

    public static bool CanMatch(Field field) => field.Kind is TextKind and not RegionKind;

    static void Check(List<MappedField> fields, MappedField? match, List<RecordProblem> problems)
    {
        if (fields.Count == 0) problems.Add(new("", "No column fills a field."));
        foreach (var field in fields.Where(f => f.Field.IsReadOnly && f != match))
            problems.Add(new("", "The field '{0}' cannot be written.", field.Field.Name));
        foreach (var field in fields.Where(f => f.Sources.Count > 1 && f.Field.Kind is not RegionKind))
            problems.Add(new("", "Several columns fill the field '{0}': {1}.", field.Field.Name, string.Join(", ", field.Sources.Select(s => s.Header))));
    }
}
