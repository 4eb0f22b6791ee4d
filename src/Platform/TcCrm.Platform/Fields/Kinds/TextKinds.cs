using System.Reflection;
using System.Text.Json.Nodes;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Regions;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>One line of text.</summary>
public class TextKind : FieldKind
{
    static readonly string[] TextOperators = ["eq", "ne", "starts", "in", "gt", "ge", "lt", "le", "empty"];

    public override string Name => "text";
    public override IReadOnlyList<string> Operators => TextOperators;
    public override int Priority => -10;
    public override string InvalidKey => "This is not a valid text.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(string);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        var trimmed = text.Trim();
        value = field.Checks.Aggregate(trimmed, (t, check) => check.Normalise(t));
        return !trimmed.Any(char.IsControl);
    }

    public override JsonObject Schema(Field field) =>
        field.MaxLength is { } max ? new() { ["type"] = "string", ["maxLength"] = max } : base.Schema(field);
}

/// <summary>Several lines of text; not sorted, found by search.</summary>
public sealed class LongTextKind : FieldKind
{
    public override string Name => "long-text";
    public override IReadOnlyList<string> Operators => ["empty"];
    public override bool CanSort => false;
    public override string InvalidKey => "This is not a valid text.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(LongTextAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = text.ReplaceLineEndings("\n").TrimEnd();
        return true;
    }
}

/// <summary>A phone number, kept in international form.</summary>
public sealed class PhoneKind : TextKind
{
    public override string Name => "phone";
    public override int Priority => 0;
    public override string InvalidKey => "This is not a phone number. Type it with area code, or with + and the country code.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(PhoneAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = Phones.TryNormalise(text, context.PhoneRegion);
        return value is not null;
    }

    public override string Show(object value, Field field, FieldContext context, IText text) => Phones.Display((string)value);

    /// <summary>With the country and as people dial it.</summary>
    public override string SearchText(object value, Field field) => $"{value} {string.Concat(Phones.Display((string)value).Where(c => c is not ' ' and not '-'))}";
}

/// <summary>An e-mail address.</summary>
public sealed class EmailKind : TextKind
{
    public override string Name => "email";
    public override int Priority => 0;
    public override string InvalidKey => "This is not an e-mail address, like name@company.example.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(EmailAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = Emails.TryNormalise(text);
        return value is not null;
    }

    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["format"] = "email" };
}

/// <summary>An administrative division, kept as its code.</summary>
public sealed class RegionKind : TextKind
{
    public override string Name => "region";
    public override int Priority => 0;
    public override string InvalidKey => "There is no such region. Choose one from the list.";
    public override bool Fits(PropertyInfo property, Type plain) => property.IsDefined(typeof(RegionAttribute));

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = Divisions.TryParse(text);
        return value is not null;
    }

    public override string Show(object value, Field field, FieldContext context, IText text) => Divisions.NameOf((string)value);
}
