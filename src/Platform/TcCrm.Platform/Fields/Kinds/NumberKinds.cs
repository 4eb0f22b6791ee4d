using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>A plain number, kept as a scaled integer.</summary>
public sealed class NumberKind : FieldKind
{
    static readonly decimal[] Powers = [1m, 10m, 100m, 1_000m, 10_000m, 100_000m, 1_000_000m, 10_000_000m, 100_000_000m];

    public override string Name => "number";
    public override string InvalidKey => "This is not a number that fits here.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(long) || plain == typeof(int);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = null;
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return false;
        var limit = field.PlainType == typeof(int) ? int.MaxValue : long.MaxValue;
        if (decimal.Abs(number) > limit / Powers[field.Scale]) return false;
        var scaled = number * Powers[field.Scale];
        if (scaled != decimal.Truncate(scaled)) return false;
        value = field.PlainType == typeof(int) ? (object)(int)scaled : (long)scaled;
        return true;
    }

    public override string Format(object value, Field field) =>
        (Convert.ToInt64(value, CultureInfo.InvariantCulture) / Powers[field.Scale]).ToString("F" + field.Scale, CultureInfo.InvariantCulture);

    public override string Show(object value, Field field, FieldContext context, IText text) =>
        (Convert.ToInt64(value, CultureInfo.InvariantCulture) / Powers[field.Scale]).ToString("N" + field.Scale, CultureInfo.CurrentCulture);

    /// <summary>Fractions are written as text: JSON readers would make them binary floats.</summary>
    public override void WriteJson(Utf8JsonWriter json, object value, Field field)
    {
        if (field.Scale == 0) json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        else json.WriteStringValue(Format(value, field));
    }

    public override JsonObject Schema(Field field) =>
        field.Scale == 0 ? new() { ["type"] = "integer", ["format"] = "int64" } : new() { ["type"] = "string", ["pattern"] = @"^-?\d+(\.\d+)?$" };
}

/// <summary>An amount with its currency; compared by minor units.</summary>
public sealed class MoneyKind : FieldKind
{
    public override string Name => "money";
    public override string InvalidKey => "This is not an amount. Type it like 1234.50, or 1234.50 USD for another currency.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(Money);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = null;
        var parts = text.Trim().TrimStart('¥', '￥').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var currency = parts.Length == 2 ? parts[1].ToUpperInvariant() : context.Currency;
        if (parts.Length is < 1 or > 2 || currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) return false;
        if (!decimal.TryParse(parts[0], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) || decimal.Abs(amount) > 10_000_000_000_000m) return false;
        var money = Money.Of(amount, currency);
        value = money;
        return money.Amount == amount;
    }

    public override string Show(object value, Field field, FieldContext context, IText text)
    {
        var money = (Money)value;
        var amount = money.Amount.ToString("N" + Money.Digits(money.Currency), CultureInfo.CurrentCulture);
        return money.Currency == "CNY" ? "¥" + amount : $"{amount} {money.Currency}";
    }

    public override void WriteJson(Utf8JsonWriter json, object value, Field field)
    {
        var money = (Money)value;
        json.WriteStartObject();
        json.WriteString("amount"u8, money.Amount.ToString("F" + Money.Digits(money.Currency), CultureInfo.InvariantCulture));
        json.WriteString("currency"u8, money.Currency);
        json.WriteEndObject();
    }

    public override string ReadJson(JsonElement json) => json.ValueKind != JsonValueKind.Object ? base.ReadJson(json)
        : json.TryGetProperty("amount", out var amount) && json.TryGetProperty("currency", out var currency) ? $"{base.ReadJson(amount)} {base.ReadJson(currency)}"
        : throw new FormatException();

    public override JsonObject Schema(Field field) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("amount", "currency"),
        ["properties"] = new JsonObject { ["amount"] = new JsonObject { ["type"] = "string" }, ["currency"] = new JsonObject { ["type"] = "string" } },
    };

    public override object Key(object value) => ((Money)value).Minor;
}

public sealed class YesNoKind : FieldKind
{
    public override string Name => "yes-no";
    public override IReadOnlyList<string> Operators => ["eq", "ne"];
    public override string InvalidKey => "Type yes or no.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(bool);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = text.Trim().ToUpperInvariant() switch { "TRUE" or "ON" or "1" or "YES" or "Y" or "是" => true, "FALSE" or "OFF" or "0" or "NO" or "N" or "否" => (object)false, _ => null };
        return value is not null;
    }

    public override string Format(object value, Field field) => (bool)value ? "true" : "false";
    public override string Show(object value, Field field, FieldContext context, IText text) => text[(bool)value ? "Yes" : "No"];
    public override void WriteJson(Utf8JsonWriter json, object value, Field field) => json.WriteBooleanValue((bool)value);
    public override JsonObject Schema(Field field) => new() { ["type"] = "boolean" };
}
