using System.Globalization;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Names of choices by what people write: the name itself, or its label in any language of the product.</summary>
sealed class ChoiceLabels(IText text)
{
    static readonly char[] Separators = [',', '，', ';', '；', '、', '\n'];
    readonly Dictionary<Field, Dictionary<string, string>> _namesByField = [];

    /// <summary>The text with every known label replaced by its name; several are separated by commas.</summary>
    public string Names(Field field, string written)
    {
        if (!_namesByField.TryGetValue(field, out var names)) _namesByField.Add(field, names = NamesOf(field));
        var words = field.Kind.IsMultiple ? written.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [written];
        return string.Join(',', words.Select(w => names.GetValueOrDefault(w, w)));
    }

    Dictionary<string, string> NamesOf(Field field)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var choice in field.Choices)
        {
            names.TryAdd(choice, choice);
            foreach (var label in Labels.InEveryLanguage(text, field.ChoiceKey(choice))) names.TryAdd(label, choice);
        }
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
