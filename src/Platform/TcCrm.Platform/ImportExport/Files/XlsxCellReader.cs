using System.Globalization;
using System.Numerics;
using System.Xml;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>One cell as text: texts as they are, numbers without exponent, dates as yyyy-MM-dd or yyyy-MM-dd HH:mm.</summary>
sealed class XlsxCellReader(List<string> sharedStrings, bool[] styleShowsTime, bool startsIn1904)
{
    /// <summary>From here on a double, which is all a spreadsheet keeps, no longer tells neighbouring integers apart.</summary>
    const double Exact = 1e15;

    /// <summary>The reader stands on the cell's element and is left on its end. Doubt is a message key whose argument is the text.</summary>
    public (string Text, string? Doubt) Read(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        var raw = Raw(xml);
        return raw.Length == 0 ? ("", null) : type switch
        {
            "s" => (Shared(raw), null),
            "str" or "inlineStr" or "d" => (raw, null),
            "b" => (raw == "1" ? "true" : "false", null),
            "e" => (raw, "\"{0}\" is an error of a formula."),
            _ => Number(raw, int.TryParse(style, out var s) && s < styleShowsTime.Length && s >= 0 && styleShowsTime[s]),
        };
    }

    static string Raw(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var (depth, text) = (xml.Depth, "");
        while (XlsxPackage.Advance(xml) && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "v" or "is")
                text = XlsxPackage.TextIn(xml);
        }
        return text;
    }

    string Shared(string index) =>
        int.TryParse(index, out var i) && i >= 0 && i < sharedStrings.Count ? sharedStrings[i] : throw new BusinessRuleException("The XLSX file is damaged.");

    (string, string?) Number(string raw, bool showsTime)
    {
        if (!double.TryParse(raw, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return (raw, null);
        if (showsTime && number is >= 0 and < 2_958_466)
            return (Moment(number), null);
        if (raw.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0)
            return (raw, null);
        if (Math.Abs(number) >= Exact)
            return (new BigInteger(number).ToString(CultureInfo.InvariantCulture), "The spreadsheet program has rounded the number {0}. Format the column as text and enter it again.");
        return (((decimal)number).ToString(CultureInfo.InvariantCulture), null);
    }

    string Moment(double serial)
    {
        if (serial < 1)
            return TimeSpan.FromSeconds(Math.Round(serial * 86_400)).ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
        // Day 60 of the 1900 system is a 29 February that never was; FromOADate counts from the day before to make up for it.
        var days = startsIn1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
        var moment = DateTime.UnixEpoch.AddSeconds(Math.Round((days - 25_569) * 86_400));
        var format = moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : moment.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss";
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }
}
