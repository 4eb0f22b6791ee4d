using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>The parts of a workbook file. Namespaces are ignored: the strict and the common flavour differ in nothing else that matters here.</summary>
sealed partial class XlsxPackage(ZipArchive archive)
{
    const long LargestPart = 1L << 30;

    /// <exception cref="BusinessRuleException">The part unpacks to more than a gigabyte.</exception>
    public XmlReader? Open(string path)
    {
        var entry = archive.GetEntry(path) ?? archive.Entries.FirstOrDefault(e => e.FullName.TrimStart('/').Equals(path, StringComparison.OrdinalIgnoreCase));
        if (entry is null)
            return null;
        if (entry.Length > LargestPart)
            throw new BusinessRuleException("The file is larger than {0} MB.", null, LargestPart >> 20);
        return XmlReader.Create(entry.Open(), new() { CloseInput = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Math.Max(entry.Length, 1) });
    }

    public (string Path, bool StartsIn1904) FirstVisibleSheet()
    {
        var workbook = Load("xl/workbook.xml") ?? throw RowSources.NotATable();
        var sheet = workbook.Descendants().FirstOrDefault(e => e.Name.LocalName == "sheet" && Attribute(e, "state") is null or "visible") ?? throw RowSources.NotATable();
        var id = Attribute(sheet, "id");
        var target = Load("xl/_rels/workbook.xml.rels")?.Descendants().FirstOrDefault(e => Attribute(e, "Id") == id) is { } relation ? Attribute(relation, "Target") : null;
        var startsIn1904 = workbook.Descendants().Any(e => Attribute(e, "date1904") is "1" or "true");
        return (target is null ? "xl/worksheets/sheet1.xml" : target.StartsWith('/') ? target[1..] : "xl/" + target, startsIn1904);
    }

    public List<string> SharedStrings(TabularLimits limits)
    {
        var texts = new List<string>();
        using var xml = Open("xl/sharedStrings.xml");
        long chars = 0;
        while (xml is not null && Next(xml, "si"))
        {
            texts.Add(TextIn(xml));
            if ((chars += texts[^1].Length) > limits.Bytes)
                throw new BusinessRuleException("The file is larger than {0} MB.", null, limits.Bytes >> 20);
        }
        return texts;
    }

    /// <summary>For each cell style whether its number format shows a date or a time.</summary>
    public bool[] Styles()
    {
        if (Load("xl/styles.xml") is not { } styles)
            return [];
        var own = styles.Descendants().Where(e => e.Name.LocalName == "numFmt")
            .ToLookup(e => Attribute(e, "numFmtId"), e => Attribute(e, "formatCode") ?? "");
        var cellFormats = styles.Descendants().FirstOrDefault(e => e.Name.LocalName == "cellXfs")?.Elements() ?? [];
        return [.. cellFormats.Select(e => Attribute(e, "numFmtId")).Select(id => own[id].FirstOrDefault() is { } code ? ShowsTime(code) : IsBuiltInDate(id))];
    }

    public static bool Next(XmlReader xml, string element)
    {
        while (Advance(xml))
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == element)
                return true;
        }
        return false;
    }

    public static bool Advance(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw new BusinessRuleException("The XLSX file is damaged.");
        }
    }

    /// <summary>All text inside the current element but phonetic hints; leaves the reader on the element's end.</summary>
    public static string TextIn(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var (depth, text, hint) = (xml.Depth, new StringBuilder(), int.MaxValue);
        while (Advance(xml) && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" && !xml.IsEmptyElement)
                hint = xml.Depth;
            else if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == hint)
                hint = int.MaxValue;
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace && hint == int.MaxValue)
                text.Append(xml.Value);
        }
        return XlsxEscapes.Decode(text.ToString());
    }

    XDocument? Load(string path)
    {
        using var xml = Open(path);
        try
        {
            return xml is null ? null : XDocument.Load(xml);
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw new BusinessRuleException("The XLSX file is damaged.");
        }
    }

    static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    /// <summary>14–22 and 45–47 everywhere; 27–36 and 50–58 are the dates of Chinese, Japanese and Korean Excel (ECMA-376, 18.8.30).</summary>
    static bool IsBuiltInDate(string? id) => int.TryParse(id, out var number) && number is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    static bool ShowsTime(string formatCode) =>
        TimeLetters().IsMatch(Literals().Replace(formatCode.Split(';')[0], ""));

    [GeneratedRegex("""
        "[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]|[Gg]eneral
        """, RegexOptions.CultureInvariant)]
    private static partial Regex Literals();

    [GeneratedRegex("[ymdhsYMDHS]", RegexOptions.CultureInvariant)]
    private static partial Regex TimeLetters();
}
