using System.Text;
using TcCrm.Platform.ImportExport.Files;
using Xunit;

namespace TcCrm.Tests.ImportExport.Files;

public class CsvReadingTests
{
    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("GB18030", false)]
    public void Tells_the_encoding(string name, bool withMark)
    {
        var encoding = TextEncodings.Named(name);
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("客户 ID,名称\r\n曾惠-14485,镕𠮷公司\r\n")];
        using var file = TabularFile.Open(new MemoryStream(bytes));

        Assert.Equal(encoding.WebName, file.Encoding);
        Assert.Equal(["客户 ID", "名称"], file.Header);
        Assert.Equal(["曾惠-14485", "镕𠮷公司"], Assert.Single(file.Rows()).Cells);
    }

    [Fact]
    public void Finds_the_one_byte_that_is_not_utf_8_however_late_it_comes()
    {
        var text = "名称\n" + string.Concat(Enumerable.Repeat("abcdefghij\n", 40_000));
        using var file = TabularFile.Open(new MemoryStream([.. Encoding.ASCII.GetBytes("name\n" + text[3..]), .. TextEncodings.Gb18030.GetBytes("上海")]));
        Assert.Equal("gb18030", file.Encoding, ignoreCase: true);
        Assert.Equal("上海", file.Rows().Last().Cells[0]);
    }

    [Fact]
    public void Refuses_an_encoding_that_nobody_knows() =>
        Assert.Contains("klingon", Assert.Throws<BusinessRuleException>(() => TableBytes.Open("a\n1", options: new() { Encoding = "klingon" })).Args);

    [Fact]
    public void Reports_rows_whose_characters_do_not_fit_the_chosen_encoding()
    {
        using var file = TableBytes.Open("a,b\n1,2\n上海,x\n", TextEncodings.Gb18030, new() { Encoding = "utf-8" });
        Assert.Equal([null, "not-valid"], file.Rows().Select(r => r.Problem?.Code));
    }

    [Theory]
    [InlineData("a,b\n\"1;2\",2\n", ',')]
    [InlineData("a;b\n1,5;2,5\n", ';')]
    [InlineData("a\tb\n1,5\t2,5\n", '\t')]
    [InlineData("a|b|c\nx,y|2|3\n", '|')]
    [InlineData("sep=;\r\na;b\r\n1;2\r\n", ';')]
    [InlineData("only\none, two\n", ',')]
    public void Tells_the_delimiter(string text, char expected)
    {
        using var file = TableBytes.Open(text);
        Assert.Equal(expected, file.Delimiter);
        Assert.Equal(text.StartsWith("only", StringComparison.Ordinal) ? "only" : "a", file.Header[0]);
    }

    [Fact]
    public void Counts_lines_as_an_editor_does()
    {
        using var file = TableBytes.Open("a,b\r\n1,\"two\r\nlines\"\r\n\r\n,\r\n3,4\r\n\"5\n\n\n\",6");
        Assert.Equal([(2, "1"), (6, "3"), (7, "5\n\n\n")], file.Rows().Select(r => (r.Line, r.Cells[0])));
        Assert.Equal("two\r\nlines", file.Rows().First().Cells[1]);
    }

    [Fact]
    public void Starts_at_the_top_each_time_it_is_read()
    {
        using var file = TableBytes.Open("sep=,\na\n1\n2\n");
        Assert.Equal(file.Rows().Select(r => (r.Line, r.Cells[0])), file.Rows().Select(r => (r.Line, r.Cells[0])));
        Assert.Equal([3, 4], file.Rows().Select(r => r.Line));
    }

    [Fact]
    public void Reports_rows_of_another_width_and_forgives_empty_cells_at_the_end()
    {
        using var file = TableBytes.Open("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n");
        Assert.Equal([null, "The row has {0} cells, the header has {1}.", "The row has {0} cells, the header has {1}.", null], file.Rows().Select(r => r.Problem?.Key));
        Assert.All(file.Rows(), r => Assert.Equal(3, r.Cells.Length));
    }

    [Fact]
    public void Names_every_column_once()
    {
        using var file = TableBytes.Open(" a ,,a,a\n1,2,3,4\n");
        Assert.Equal(["a", "#2", "a (2)", "a (3)"], file.Header);
    }

    [Fact]
    public void Takes_the_first_row_as_data_when_told()
    {
        using var file = TableBytes.Open("1,2\n3,4\n", options: new() { FirstRowIsHeader = false });
        Assert.Equal(["#1", "#2"], file.Header);
        Assert.Equal([1, 2], file.Rows().Select(r => r.Line));
    }

    [Fact]
    public void Keeps_long_ids_leading_zeros_and_stray_quotes()
    {
        using var file = TableBytes.Open("id,zip,text\n110101199003071234,001234,5\" pipe\n");
        Assert.Equal(["110101199003071234", "001234", "5\" pipe"], file.Rows().Single().Cells);
    }

    [Fact]
    public void Says_where_a_closing_quote_is_missing()
    {
        using var file = TableBytes.Open("a,b\n1,2\n3,\"4\n" + new string('x', 2_000), options: new() { Limits = new() { CellLength = 1_000 } });
        var refused = Assert.Throws<BusinessRuleException>(() => file.Rows().Count());
        Assert.Equal(3, refused.Args[0]);
    }

    [Fact]
    public void Refuses_what_is_no_table_and_what_is_too_large()
    {
        Assert.Throws<BusinessRuleException>(() => TableBytes.Open(""));
        Assert.Throws<BusinessRuleException>(() => TableBytes.Open("\n \n"));
        Assert.Throws<BusinessRuleException>(() => TableBytes.Open("a\0b,c\n"));
        Assert.Throws<BusinessRuleException>(() => TabularFile.Open(new MemoryStream([0xD0, 0xCF, 0x11, 0xE0, 1, 2])));
        Assert.Throws<BusinessRuleException>(() => TabularFile.Open(new MemoryStream("PK\u0003\u0004nonsense"u8.ToArray())));
        Assert.Throws<BusinessRuleException>(() => TableBytes.Open("a,b,c\n", options: new() { Limits = new() { Columns = 2 } }));
        Assert.Throws<BusinessRuleException>(() => TableBytes.Open("a\n1\n", options: new() { Limits = new() { Bytes = 3 } }));
        using var file = TableBytes.Open("a\n1\n2\n", options: new() { Limits = new() { Rows = 1 } });
        Assert.Throws<BusinessRuleException>(() => file.Rows().Count());
    }
}
