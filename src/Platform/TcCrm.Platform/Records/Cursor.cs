using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TcCrm.Platform.Records;

/// <summary>Where a list goes on: key and id of the last row of the page before. <see cref="Value"/> is null among rows whose key is empty.</summary>
public sealed record Cursor(string? Value, Guid Id)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Id:N}{(Value is null ? "-" : "+" + Value)}"));

    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (!Base64Url.IsValid(text)) return false;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        if (plain.Length < 33 || !Guid.TryParseExact(plain[..32], "N", out var id) || plain[32] is not ('-' or '+')) return false;
        cursor = new(plain[32] == '-' ? null : plain[33..], id);
        return true;
    }
}

/// <summary>Keys as text that loses nothing.</summary>
static class CursorText
{
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Format(object key) => key switch
    {
        string text => text,
        DateOnly day => day.ToString("yyyy-MM-dd", Plain),
        DateTime moment => moment.ToString("O", Plain),
        Enum choice => Convert.ToInt64(choice, Plain).ToString(Plain),
        IFormattable other => other.ToString(null, Plain),
        _ => key.ToString()!,
    };

    /// <summary>Null when the text is no key of that type.</summary>
    public static object? Parse(string text, Type type) =>
        type == typeof(string) ? text
        : type == typeof(long) ? long.TryParse(text, Plain, out var number) ? number : null
        : type == typeof(int) ? int.TryParse(text, Plain, out var small) ? small : null
        : type == typeof(bool) ? bool.TryParse(text, out var flag) ? flag : null
        : type == typeof(Guid) ? Guid.TryParse(text, out var id) ? id : null
        : type == typeof(DateOnly) ? DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null
        : type == typeof(DateTime) ? DateTime.TryParse(text, Plain, DateTimeStyles.RoundtripKind, out var moment) ? moment : null
        : type.IsEnum && int.TryParse(text, Plain, out var choice) ? Enum.ToObject(type, choice) : null;
}
