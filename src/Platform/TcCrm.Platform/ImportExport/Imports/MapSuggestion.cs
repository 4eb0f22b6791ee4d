using System.Text;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>
/// Guesses which column fills which field: by the field's name, its label in any language, or another word for it, which a module
/// may list under the text id <c>customers.customer.Name.aliases</c>, separated by semicolons.
/// </summary>
sealed class MapSuggestion(IText text)
{
    /// <summary>Words for the parts of a region, from the largest to the smallest.</summary>
    static readonly string[][] DivisionWords =
    [
        ["省", "省份", "省市", "省/自治区", "省/直辖市", "所在省", "province", "state"],
        ["市", "城市", "地市", "地级市", "所在市", "所在城市", "city"],
        ["区", "县", "区县", "区/县", "县区", "所在区", "district", "county"],
    ];

    public IReadOnlyList<ImportColumn> For(RecordType type, IReadOnlyList<string> header)
    {
        var fields = type.Fields.Where(f => !f.IsReadOnly || ColumnMap.CanMatch(f)).ToList();
        var words = fields.ToDictionary(f => f, WordsOf);
        var taken = new HashSet<Field>();
        var columns = header.Select(h => (Header: h, Fields: new List<Field>())).ToList();
        foreach (var column in columns)
        {
            var field = fields.Find(f => !taken.Contains(f) && words[f].Contains(Bare(column.Header)));
            if (field is not null && taken.Add(field)) column.Fields.Add(field);
        }
        if (fields.Find(f => f.Kind is RegionKind) is { } region && !taken.Contains(region)) AddRegionParts(region, columns);
        return [.. columns.Where(c => c.Fields.Count > 0).Select(c => new ImportColumn(c.Header, [.. c.Fields.Select(f => f.Name)]))];
    }

    /// <summary>Those columns that are called like one of the fields.</summary>
    public IEnumerable<string> ColumnsOf(IEnumerable<Field> fields, IReadOnlyList<string> header)
    {
        var words = fields.SelectMany(WordsOf).ToHashSet();
        return header.Where(h => words.Contains(Bare(h)));
    }

    /// <summary>The field that best tells records apart: mapped, and unique, the number, or named like an id.</summary>
    public static string? MatchField(RecordType type, IReadOnlyList<ImportColumn> columns)
    {
        var mapped = columns.SelectMany(c => c.Fields).Select(type.Find).OfType<Field>().Where(ColumnMap.CanMatch).ToList();
        return (mapped.Find(f => f.NumberPattern is not null) ?? mapped.Find(f => f.IsUnique) ?? mapped.Find(f => f.Name.EndsWith("Id", StringComparison.Ordinal)))?.Name;
    }

    /// <summary>The plan's own match field if a column still fills it.</summary>
    public static string? StillMapped(ImportPlan plan) => plan.Columns.Any(c => c.Fields.Contains(plan.MatchField)) ? plan.MatchField : null;

    static void AddRegionParts(Field region, List<(string Header, List<Field> Fields)> columns)
    {
        foreach (var words in DivisionWords)
            columns.Find(c => words.Any(w => Bare(w) == Bare(c.Header))).Fields?.Add(region);
    }

    HashSet<string> WordsOf(Field field)
    {
        var labels = Labels.InEveryLanguage(text, field.LabelKey);
        var aliases = Labels.WrittenInAnyLanguage(text, field.LabelKey + ".aliases").SelectMany(a => a.Split(';', '；'));
        return [.. labels.Concat(aliases).Append(field.Name).Append(field.ApiName).Select(Bare)];
    }

    /// <summary>Letters and digits only, in one width and case.</summary>
    static string Bare(string word) => string.Concat(word.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(char.IsLetterOrDigit));
}
