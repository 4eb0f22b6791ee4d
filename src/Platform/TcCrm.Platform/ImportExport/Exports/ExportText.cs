using System.Globalization;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;

namespace TcCrm.Platform.ImportExport.Exports;

/// <summary>A value as people write it and as import reads it back: labels for choices, names for regions, plain digits for numbers.</summary>
static class ExportText
{
    public static string Of(Field field, object value, FieldContext context, IText text) => field.Kind switch
    {
        MultiChoiceKind => string.Join(',', ((List<string>)value).Select(c => text[field.ChoiceKey(c)])),
        ChoiceKind or YesNoKind or PhoneKind => field.Kind.Show(value, field, context, text),
        RegionKind => Regions.Divisions.NameOf((string)value),
        MomentKind => Moment((DateTime)value, context) ?? field.Kind.Format(value, field),
        _ => field.Kind.Format(value, field),
    };

    /// <summary>In the tenant's zone; null when that would lose something: parts of a second, or which of the two hours when clocks go back.</summary>
    static string? Moment(DateTime moment, FieldContext context)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(moment, context.Zone);
        return moment.Ticks % TimeSpan.TicksPerSecond != 0 || context.Zone.IsAmbiguousTime(local) ? null : local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
