using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Fields.Kinds;

/// <summary>A day without time or zone.</summary>
public sealed class DateKind : FieldKind
{
    static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy/MM/dd", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    public override string Name => "date";
    public override string InvalidKey => "This is not a date. Type it like 2026-03-31.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(DateOnly);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        var good = DateOnly.TryParseExact(text.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        value = good ? day : null;
        return good;
    }

    public override string Format(object value, Field field) => ((DateOnly)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["format"] = "date" };
}

/// <summary>A moment, UTC in the database; shown and typed in the user's zone.</summary>
public sealed class MomentKind : FieldKind
{
    static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-MM-dd"];

    public override string Name => "moment";
    public override string InvalidKey => "This is not a date with time. Type it like 2026-03-31 14:30.";
    public override bool Fits(PropertyInfo property, Type plain) => plain == typeof(DateTime);

    public override bool TryParse(string text, Field field, FieldContext context, out object? value)
    {
        value = null;
        var trimmed = text.Trim();
        if (DateTime.TryParseExact(trimmed, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            value = context.Zone.IsInvalidTime(local) ? null : TimeZoneInfo.ConvertTimeToUtc(local, context.Zone);
        else if (DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) && trimmed.Length > 10)
            value = exact.UtcDateTime;
        return value is not null;
    }

    public override string Format(object value, Field field) => ((DateTime)value).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public override string Show(object value, Field field, FieldContext context, IText text) =>
        TimeZoneInfo.ConvertTimeFromUtc((DateTime)value, context.Zone).ToMinute();

    public override JsonObject Schema(Field field) => new() { ["type"] = "string", ["format"] = "date-time" };
}
