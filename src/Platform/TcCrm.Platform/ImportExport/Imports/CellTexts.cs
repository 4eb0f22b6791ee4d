using System.Text;
using System.Text.RegularExpressions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Brings a cell into a form that the field kinds know: full-width digits, other ways to write a day, line breaks in a short text.</summary>
static partial class CellTexts
{
    public static string Prepare(string text, Field field) => field.Kind switch
    {
        DateKind => Day(text, withTime: false),
        MomentKind => Day(text, withTime: true),
        NumberKind or MoneyKind or PhoneKind or EmailKind => text.Normalize(NormalizationForm.FormKC),
        LongTextKind => text,
        _ => Breaks().Replace(text, " "),
    };

    /// <summary>Day first only with points (31.12.2026); a time of midnight, which spreadsheets add, counts as none.</summary>
    static string Day(string text, bool withTime)
    {
        text = text.Normalize(NormalizationForm.FormKC);
        if (YearFirst().Match(text) is not { Success: true } match && (match = DayFirst().Match(text)) is not { Success: true }) return text;
        var day = $"{match.Groups["y"].Value}-{match.Groups["m"].Value.PadLeft(2, '0')}-{match.Groups["d"].Value.PadLeft(2, '0')}";
        var time = match.Groups["t"].Value.Trim('T', ' ');
        if (time.Length == 0 || (!withTime && Midnight().IsMatch(time))) return day;
        return withTime ? $"{day} {(time.IndexOf(':') == 1 ? "0" + time : time)}" : text;
    }

    [GeneratedRegex(@"^(?<y>\d{4})(?:年|[-/.])(?<m>\d{1,2})(?:月|[-/.])(?<d>\d{1,2})日?(?<t>[T ]*\d{1,2}:\d{2}(?::\d{2})?)?$")]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})(?<t>[T ]*\d{1,2}:\d{2}(?::\d{2})?)?$")]
    private static partial Regex DayFirst();

    [GeneratedRegex("^0{1,2}:00(:00)?$")]
    private static partial Regex Midnight();

    [GeneratedRegex(@"[\p{Cc}\s]+")]
    private static partial Regex Breaks();
}
