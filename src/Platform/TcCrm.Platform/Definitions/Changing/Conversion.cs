using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Definitions.Changing;

/// <summary>Takes values of a field over into one of another kind, by what people read: the label of a choice, the amount of a sum of money.</summary>
sealed class Conversion(FieldDefinition before, Field from, FieldDefinition now, Field to, FieldContext context)
{
    static readonly char[] Separators = [',', '，', '、', ';', '；'];

    /// <summary>Nothing to take over counts as taken over.</summary>
    public bool TryTakeOver(Record record)
    {
        if (from.Value(record) is not { } value) return true;
        if (Converted(value) is not { } converted) return false;
        to.Give(record, converted);
        return true;
    }

    /// <summary>Null when it does not fit.</summary>
    public object? Converted(object value)
    {
        if (value is DateTime moment && now.Kind == "date") return DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(moment, context.Zone));
        if (value is Money money && now.Kind == "number") value = money.Amount;
        var words = value is decimal amount ? amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Join(',', Labels(from.Kind.Format(value, from)));
        if (now.Options.Count > 0) words = string.Join(',', (now.Kind == "choice" ? [words] : words.Split(Separators, StringSplitOptions.TrimEntries)).Select(OptionFor));
        return words.Length <= (to.MaxLength ?? int.MaxValue) && to.Kind.TryParse(words, to, context, out var converted) ? converted : null;
    }

    IEnumerable<string> Labels(string text) => before.Options.Count == 0 ? [text] : text.Split(',').Select(v => before.Options.FirstOrDefault(o => o.Value == v)?.Labels.In(true) ?? v);

    string OptionFor(string word) => now.Options.FirstOrDefault(o => Same(o.Value, word) || Same(o.Labels.Chinese, word) || Same(o.Labels.English, word))?.Value ?? word;

    static bool Same(string? one, string other) => other.Equals(one?.Trim(), StringComparison.OrdinalIgnoreCase);
}
