using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Fields;

/// <summary>What a value needs to know of its tenant to be read from text.</summary>
/// <param name="Zone">Zone of moments that say none.</param>
/// <param name="Currency">ISO 4217, for amounts that say none.</param>
/// <param name="PhoneRegion">ISO 3166 country of phone numbers that say none.</param>
public sealed record FieldContext(TimeZoneInfo Zone, string Currency, string PhoneRegion)
{
    public static readonly FieldContext Neutral = new(TimeZoneInfo.Utc, "CNY", "CN");
}

/// <summary>A kind of value: how it is read, kept in neutral text, shown, compared and written as JSON. Stateless, one instance per process.</summary>
public abstract class FieldKind
{
    protected static readonly string[] Comparisons = ["eq", "ne", "lt", "le", "gt", "ge", "in", "empty"];

    /// <summary>Also the name of the folder with its <c>_Edit</c> and <c>_Display</c> partials under <c>Pages/Shared/Fields</c>.</summary>
    public abstract string Name { get; }
    /// <summary>Operators of a filter, see <see cref="FieldFilter"/>.</summary>
    public virtual IReadOnlyList<string> Operators => Comparisons;
    public virtual bool CanSort => true;
    /// <summary>Several values in a list.</summary>
    public virtual bool IsMultiple => false;
    /// <summary>The kinds are asked in falling order; the first that fits a property takes it.</summary>
    public virtual int Priority => 0;
    public abstract bool Fits(PropertyInfo property, Type plain);

    /// <summary>The value of a text that is not empty, in neutral form or as people type it.</summary>
    public abstract bool TryParse(string text, Field field, FieldContext context, out object? value);
    /// <summary>Says what to type; the text key of the problem when <see cref="TryParse"/> refuses.</summary>
    public abstract string InvalidKey { get; }
    /// <summary>Neutral text: forms, API filters, import, export, history. <see cref="TryParse"/> reads it back.</summary>
    public virtual string Format(object value, Field field) => value.ToString()!;
    /// <summary>For people, in their language and zone.</summary>
    public virtual string Show(object value, Field field, FieldContext context, IText text) => Format(value, field);
    /// <summary>What quick search knows the value by.</summary>
    public virtual string SearchText(object value, Field field) => Format(value, field);
    public virtual void WriteJson(Utf8JsonWriter json, object value, Field field) => json.WriteStringValue(Format(value, field));
    /// <summary>Neutral text of a JSON value of the API; null is empty.</summary>
    /// <exception cref="FormatException">The JSON has another shape.</exception>
    public virtual string ReadJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => throw new FormatException(),
    };
    /// <summary>The field's part of the OpenAPI document.</summary>
    public virtual JsonObject Schema(Field field) => new() { ["type"] = "string" };
    /// <summary>What filters and sort compare.</summary>
    public virtual object Key(object value) => value;
}

/// <summary>One condition of a list: <c>eq ne lt le gt ge in contains starts has empty</c>; values of <c>in</c> are separated by commas.</summary>
public record FieldFilter(string Field, string Operator, string Value)
{
    public override string ToString() => $"{Field}:{Operator}:{Value}";

    /// <summary>Itself, or what a group joins.</summary>
    public virtual IEnumerable<FieldFilter> Leaves => [this];
}

/// <summary>Conditions joined by "and", or by "or" when <paramref name="Any"/>; they may be groups themselves. Never empty.</summary>
public sealed record FilterGroup(bool Any, IReadOnlyList<FieldFilter> Parts) : FieldFilter("", Any ? "any" : "all", "")
{
    public override IEnumerable<FieldFilter> Leaves => Parts.SelectMany(p => p.Leaves);

    /// <summary><c>any(Kind:eq:Dealer|Level:eq:A)</c>; <c>\</c> stands before a sign that is part of a value.</summary>
    public override string ToString() => $"{Operator}({string.Join('|', Parts.Select(p => Escaped(p.ToString())))})";

    public bool Equals(FilterGroup? other) => other is not null && Any == other.Any && Parts.SequenceEqual(other.Parts);
    public override int GetHashCode() => Parts.Aggregate(Any ? 1 : 0, HashCode.Combine);

    static string Escaped(string part) => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
}

/// <summary>A filter that cannot be understood; the message names field and operator.</summary>
public sealed class BadFilterException(string key, params object?[] args) : Exception(string.Format(System.Globalization.CultureInfo.InvariantCulture, key, args))
{
    public string Key { get; } = key;
    public IReadOnlyList<object?> Args { get; } = args;
}
