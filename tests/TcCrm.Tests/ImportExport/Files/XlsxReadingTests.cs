using MiniExcelLibs;
using TcCrm.Platform.ImportExport.Files;
using Xunit;

namespace TcCrm.Tests.ImportExport.Files;

public class XlsxReadingTests
{
    const string Formats = """<numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="165" formatCode="[Red]#,##0.00\ &quot;days&quot;;[Blue]d"/><numFmt numFmtId="166" formatCode="[h]:mm"/><numFmt numFmtId="167" formatCode="[$-804]aaaa"/>""";
    const string CellFormats = """<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="57"/>""";

    [Fact]
    public void Reads_the_first_visible_sheet_with_texts_numbers_and_dates_as_a_person_sees_them()
    {
        using var file = TabularFile.Open(TableBytes.Workbook("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" t="str"><v>c</v></c><c r="D1" t="str"><v>d</v></c></row>
            <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3"><v>12345678901234567</v></c><c r="C3"><v>0.30000000000000004</v></c><c r="D3"><v>1.5E-7</v></c></row>
            <row r="4"><c r="A4" s="1"><v>45000</v></c><c r="B4" s="2"><v>45000</v></c><c r="C4" s="3"><v>45000.520833333336</v></c><c r="D4" s="4"><v>45000.5</v></c></row>
            <row r="7"><c r="A7" t="b"><v>1</v></c><c r="D7" s="5"><v>61</v></c></row>
            """, Formats, CellFormats, """<si><r><t>姓</t></r><r><t xml:space="preserve">名 </t></r><rPh sb="0" eb="1"><t>xing</t></rPh></si><si><t>001234</t></si>"""));

        Assert.Equal(["姓名", "b", "c", "d"], file.Header);
        var rows = file.Rows().ToList();
        Assert.Equal([3, 4, 7], rows.Select(r => r.Line));
        Assert.Equal(["001234", "12345678901234567", "0.3", "0.00000015"], rows[0].Cells);
        Assert.Equal(["2023-03-15", "2023-03-15", "2023-03-15 12:30", "45000.5"], rows[1].Cells);
        Assert.Equal(["true", "", "", "1900-03-01"], rows[2].Cells);
        Assert.All(rows, r => Assert.Null(r.Problem));
    }

    [Fact]
    public void Counts_days_from_1904_where_the_workbook_does()
    {
        using var file = TabularFile.Open(TableBytes.Workbook("""<row><c t="str"><v>d</v></c></row><row><c s="1"><v>43538</v></c></row>""", "", CellFormats, "", """<workbookPr date1904="1"/>"""));
        Assert.Equal("2023-03-15", file.Rows().Single().Cells[0]);
    }

    [Fact]
    public void Reports_numbers_that_the_spreadsheet_has_rounded_and_errors_of_formulas()
    {
        using var file = TabularFile.Open(TableBytes.Workbook("""<row><c t="str"><v>id</v></c></row><row><c><v>1.1010119900307101E+17</v></c></row><row><c t="e"><v>#N/A</v></c></row>"""));
        Assert.All(file.Rows(), r => Assert.NotNull(r.Problem));
        Assert.StartsWith("1101011990030710", file.Rows().First().Cells[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_walk_through_a_gap_of_a_billion_rows()
    {
        using var file = TabularFile.Open(TableBytes.Workbook("""<row r="1"><c t="str"><v>a</v></c></row><row r="1000000000"><c t="str"><v>x</v></c></row>"""));
        Assert.Equal(1_000_000_000, file.Rows().Single().Line);
    }

    [Theory]
    [InlineData("<row><c r=\"ZZZ1\"><v>1</v></c></row>")]
    [InlineData("<row><c><v>1</c></row>")]
    [InlineData("<row><c t=\"s\"><v>7</v></c></row>")]
    public void Refuses_damaged_and_hostile_sheets(string rows) =>
        Assert.Throws<BusinessRuleException>(() => TabularFile.Open(TableBytes.Workbook(rows)));

    [Fact]
    public void Reads_what_another_library_writes()
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new[] { new { Id = "110101199003071234", Zip = "001234", On = new DateTime(2026, 12, 31), Amount = 12.5 } });
        using var file = TabularFile.Open(stream);
        Assert.Equal(["Id", "Zip", "On", "Amount"], file.Header);
        Assert.Equal(["110101199003071234", "001234", "2026-12-31", "12.5"], file.Rows().Single().Cells);
    }
}
