using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>A kind as somebody sees it who may know that there is a value but not which: a phone number keeps its ends, everything else only its first character.</summary>
public sealed class MaskedKind(FieldKind kind) : FieldKind
{
    /// <summary>Stands for a value of which nothing is shown.</summary>
    public const string Stars = "****";

    public override string Name => "masked";
    /// <summary>Whoever knows the whole value may ask for it; ranges and beginnings would tell it bit by bit.</summary>
    public override IReadOnlyList<string> Operators => ["eq", "empty"];
    public override bool CanSort => false;
    public override string InvalidKey => kind.InvalidKey;
    public override bool Fits(PropertyInfo property, Type plain) => false;
    public override bool TryParse(string text, Field field, FieldContext context, out object? value) => kind.TryParse(text, field, context, out value);
    public override string Format(object value, Field field) => Masked(kind.Format(value, field));
    public override string Show(object value, Field field, FieldContext context, IText text) => Masked(kind.Show(value, field, context, text));
    public override void WriteJson(Utf8JsonWriter json, object value, Field field) => json.WriteStringValue(Format(value, field));
    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["description"] = "Masked" };
    public override object Key(object value) => kind.Key(value);

    public static string Masked(string text) => text.Count(char.IsAsciiDigit) >= 7 ? $"{text[..3]}{Stars}{text[^4..]}" : $"{text[..1]}{Stars}";
}
