using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>Characters that XML 1.0 forbids stand in a workbook as <c>_x0001_</c> (ECMA-376, ST_Xstring).</summary>
static partial class XlsxEscapes
{
    public static string Decode(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? Escape().Replace(text, match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    /// <summary>Appends the text for an XML element.</summary>
    public static void Encode(StringBuilder xml, string text)
    {
        if (text.Contains("_x", StringComparison.Ordinal))
            text = Escape().Replace(text, "_x005F$0");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '<' or '>' or '&')
                xml.Append(c switch { '<' => "&lt;", '>' => "&gt;", _ => "&amp;" });
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                xml.Append(c).Append(text[++i]);
            else if (c == '\r' || !XmlConvert.IsXmlChar(c))
                xml.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            else
                xml.Append(c);
        }
    }

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
