using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Regions;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Reads the cells of a row into values of the mapped fields. What needs the database (lookups, users) has been loaded before.</summary>
sealed class RowReader(ColumnMap map, FieldContext context, ChoiceLabels choices, References references)
{
    readonly DivisionParts divisions = new();

    public ImportRow Read(TabularRow source)
    {
        var row = new ImportRow(source.Line, source.Cells);
        if (source.Problem is { } broken)
        {
            row.Refuse("", broken);
            return row;
        }
        if (map.Match is { } match) row.Key = KeyOf(match, source.Cells, row);
        foreach (var mapped in map.Fields)
        {
            if (mapped.Field.Kind is RegionKind) ReadRegion(mapped, row);
            else ReadCell(mapped, row);
        }
        return row;
    }

    /// <summary>The match value in neutral text; null when it is missing or not valid, which the row is told of if given.</summary>
    public string? KeyOf(MappedField match, string[] cells, ImportRow? row = null)
    {
        var text = match.Source.Of(cells);
        if (text.Length == 0)
        {
            row?.Refuse(match.Source.Header, new(match.Field.Name, "Fill in this field.") { Code = "required" });
            return null;
        }
        if (match.Field.Kind.TryParse(CellTexts.Prepare(text, match.Field), match.Field, context, out var value) && value is not null)
            return match.Field.Kind.Format(value, match.Field);
        row?.Refuse(match.Source.Header, Invalid(match.Field));
        return null;
    }

    void ReadCell(MappedField mapped, ImportRow row)
    {
        var (field, text) = (mapped.Field, mapped.Source.Of(row.Cells));
        if (text.Length == 0)
        {
            row.Values.Add(new(mapped, null));
            return;
        }
        if (mapped == map.Match && row.Key is null) return;
        if (field.Kind is LookupKind)
        {
            if (references.Find(field, text, out var problem) is { } id) row.Values.Add(new(mapped, id));
            else row.Refuse(mapped.Source.Header, problem!);
            return;
        }
        if (field.HasChoices)
        {
            ReadChoice(mapped, text, row);
            return;
        }
        if (field.Kind.TryParse(CellTexts.Prepare(text, field), field, context, out var value) && value is not null) row.Values.Add(new(mapped, value));
        else row.Refuse(mapped.Source.Header, Invalid(field));
    }

    void ReadChoice(MappedField mapped, string text, ImportRow row)
    {
        var unknown = choices.Unknown(mapped.Field, text).ToList();
        foreach (var problem in unknown) row.Refuse(mapped.Source.Header, problem);
        if (unknown.Count > 0) return;
        var names = choices.Names(mapped.Field, text);
        if (names.Length == 0) row.Values.Add(new(mapped, null));
        else if (mapped.Field.Kind.TryParse(names, mapped.Field, context, out var value) && value is not null) row.Values.Add(new(mapped, value));
        else row.Refuse(mapped.Source.Header, Invalid(mapped.Field));
    }

    /// <summary>As deep as the divisions are known. What is not known is no error if another field keeps its text.</summary>
    void ReadRegion(MappedField mapped, ImportRow row)
    {
        var parts = mapped.Sources.Select(s => s.Of(row.Cells)).ToList();
        var match = divisions.Match(parts);
        if (match.Unmatched is { } unknown)
        {
            var source = mapped.Sources[parts.IndexOf(unknown)];
            if (match.Code is null && !map.Texts.Contains(source.Header))
            {
                row.Refuse(source.Header, Invalid(mapped.Field));
                return;
            }
            row.Warn(source.Header, match.Code is null
                ? new(mapped.Field.Name, "No division is called '{0}'. The text is kept, the region stays empty.", unknown)
                : new(mapped.Field.Name, "No division of {1} is called '{0}'. The region ends there.", unknown, Divisions.NameOf(match.Code)));
        }
        row.Values.Add(new(mapped, match.Code));
    }

    static RecordProblem Invalid(Field field) => new(field.Name, field.Kind.InvalidKey) { Code = "not-valid" };
}
