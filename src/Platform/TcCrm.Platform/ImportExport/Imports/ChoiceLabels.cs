using System.Globalization;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Names of choices by what people write: the name itself, its label in any language of the product, or what the plan says a word means.</summary>
sealed class ChoiceLabels(IText text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> meanings)
{
    public const string UnknownKey = "'{0}' is not one of the values {1}.";
    static readonly char[] Separators = [',', '，', ';', '；', '、', '\n'];
    readonly Dictionary<Field, Dictionary<string, string>> _namesByField = [];

    /// <summary>The text with every known label replaced by its name; several are separated by commas.</summary>
    public string Names(Field field, string written) =>
        string.Join(',', WordsOf(field, written).Select(w => Known(field).GetValueOrDefault(w, w)).Where(n => n.Length > 0));

    /// <summary>A problem for each word that is no choice, with the choices that there are.</summary>
    public IEnumerable<RecordProblem> Unknown(Field field, string written) => WordsOf(field, written).Where(w => !Known(field).ContainsKey(w))
        .Select(w => new RecordProblem(field.Name, UnknownKey, w, string.Join(", ", field.Choices.Select(c => text[field.ChoiceKey(c)]))) { Code = "not-valid" });

    static string[] WordsOf(Field field, string written) => field.Kind.IsMultiple ? written.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [written];

    Dictionary<string, string> Known(Field field)
    {
        if (!_namesByField.TryGetValue(field, out var names)) _namesByField.Add(field, names = NamesOf(field));
        return names;
    }

    Dictionary<string, string> NamesOf(Field field)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var choice in field.Choices)
        {
            names.TryAdd(choice, choice);
            foreach (var label in Labels.InEveryLanguage(text, field.ChoiceKey(choice))) names.TryAdd(label, choice);
        }
        foreach (var (word, choice) in meanings.GetValueOrDefault(field.Name) ?? new Dictionary<string, string>()) names.TryAdd(word, choice);
        return names;
    }
}

static class Labels
{
    /// <summary>What a screen shows for the key, in every language of the product, whatever the current one is.</summary>
    public static IReadOnlyList<string> InEveryLanguage(IText text, string key) => Each(() => text[key]);

    /// <summary>The same, but only what somebody has written down.</summary>
    public static IReadOnlyList<string> WrittenInAnyLanguage(IText text, string key) => [.. Each(() => text.Find(key)).OfType<string>()];

    static List<T> Each<T>(Func<T> read)
    {
        var current = CultureInfo.CurrentUICulture;
        try
        {
            return [.. TextCatalog.Languages.Select(language =>
            {
                CultureInfo.CurrentUICulture = language;
                return read();
            })];
        }
        finally
        {
            CultureInfo.CurrentUICulture = current;
        }
    }
}
