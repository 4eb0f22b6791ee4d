using System.IO.Compression;
using System.Xml;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>
/// The first visible sheet of a workbook, read as a stream. Read directly from its XML, because the text of a number has to
/// survive (18 digits) and dates have to be told from numbers by the formats that Chinese Excel uses.
/// </summary>
sealed class XlsxRows : IRowSource
{
    readonly XlsxPackage package;
    readonly XlsxCellReader cells;
    readonly TabularLimits limits;
    readonly string sheet;

    public XlsxRows(ZipArchive archive, TabularLimits limits)
    {
        package = new(archive);
        this.limits = limits;
        (sheet, var startsIn1904) = package.FirstVisibleSheet();
        cells = new(package.SharedStrings(limits), package.Styles(), startsIn1904);
    }

    public TabularKind Kind => TabularKind.Xlsx;
    public string? Encoding => null;
    public char? Delimiter => null;
    public bool OmitsEmptyCells => true;

    public IEnumerable<TabularRow> Read()
    {
        using var xml = package.Open(sheet) ?? throw RowSources.NotATable();
        var line = 0;
        while (XlsxPackage.Next(xml, "row"))
        {
            line = int.TryParse(xml.GetAttribute("r"), out var given) ? given : line + 1;
            yield return Row(xml, line);
        }
    }

    TabularRow Row(XmlReader xml, int line)
    {
        var texts = new List<string>();
        RecordProblem? problem = null;
        if (xml.IsEmptyElement)
            return new(line, []);
        var (depth, column) = (xml.Depth, -1);
        while (XlsxPackage.Advance(xml) && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c")
                continue;
            column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
            var (text, doubt) = cells.Read(xml);
            if (text.Length == 0)
                continue;
            Put(texts, column, text, line);
            problem ??= doubt is null ? null : new("", doubt, text) { Code = "not-valid" };
        }
        return new(line, [.. texts]) { Problem = problem };
    }

    void Put(List<string> texts, int column, string text, int line)
    {
        if (column >= limits.Columns)
            throw new BusinessRuleException("The file has more than {0} columns.", null, limits.Columns);
        if (text.Length > limits.CellLength)
            throw new BusinessRuleException("A cell in line {0} is longer than {1} characters.", null, line, limits.CellLength);
        while (texts.Count <= column)
            texts.Add("");
        texts[column] = text;
    }

    /// <summary>0 for A, 26 for AA; null when the cell has no address.</summary>
    static int? ColumnOf(string? address)
    {
        if (address is null)
            return null;
        var number = 0;
        foreach (var letter in address.TakeWhile(char.IsAsciiLetterUpper).Take(4))
            number = number * 26 + (letter - 'A' + 1);
        return number == 0 ? null : number - 1;
    }
}
