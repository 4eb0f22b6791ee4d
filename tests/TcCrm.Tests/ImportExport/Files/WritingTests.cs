using System.Text;
using MiniExcelLibs;
using TcCrm.Platform.ImportExport.Files;
using Xunit;

namespace TcCrm.Tests.ImportExport.Files;

public class WritingTests
{
    static readonly string[] Nasty =
    [
        "110101199003071234", "001234", "-5", "+3.25", "-12.5%", "=1+1", "+8613800000000 ext", "-", "-x", "@SUM(A1)", "\tx", "\rx", "'=1", "''=1", "'-5", "'x", "＝1",
        "a,b", "\"q\"", "line\nbreak", "cr\r\nlf", " lead", "trail ", "_x0041_", "a\u0001b", "镕𠮷😀", "<&>\"'", "2026-12-31", "a;b|c\td",
    ];

    public static TheoryData<TabularKind, string?> Formats => new() { { TabularKind.Csv, null }, { TabularKind.Csv, "GB18030" }, { TabularKind.Xlsx, null } };

    [Theory, MemberData(nameof(Formats))]
    public async Task Every_text_survives_the_round_trip(TabularKind kind, string? encoding)
    {
        using var file = await TableBytes.WrittenAsync(kind, encoding is null ? null : TextEncodings.Named(encoding), ["text", "=header", "empty"], Nasty.Select(text => new[] { text, "x", null }));
        Assert.Equal(kind, file.Kind);
        Assert.Equal(["text", "=header", "empty"], file.Header);
        Assert.Equal(Nasty, file.Rows().Select(r => r.Cells[0]));
        Assert.All(file.Rows(), r => Assert.Null(r.Problem));
    }

    [Fact]
    public async Task No_cell_of_a_csv_starts_a_formula_and_numbers_stay_numbers()
    {
        var text = Encoding.UTF8.GetString(await TableBytes.BytesAsync(TabularKind.Csv, null, ["=h"], Nasty.Select(n => new[] { n })));
        Assert.StartsWith("\uFEFF'=h\r\n", text, StringComparison.Ordinal);
        Assert.Contains("\r\n-5\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?m)^\"?(=|@|\t|\r(?!\n)|＝|[+-](?![0-9.]+%?\r?$))", text[1..]);
    }

    [Fact]
    public async Task Another_library_reads_the_workbook_as_texts()
    {
        var bytes = await TableBytes.BytesAsync(TabularKind.Xlsx, null, ["id", "formula"], ["001234567890123456", "=1+1"], [null, "镕𠮷"]);
        var rows = new MemoryStream(bytes).Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal("001234567890123456", rows[0]["id"]);
        Assert.Equal("'=1+1", rows[0]["formula"]);
        Assert.Equal("镕𠮷", rows[1]["formula"]);
    }

    [Fact]
    public async Task The_same_rows_give_the_same_bytes()
    {
        var first = await TableBytes.BytesAsync(TabularKind.Xlsx, null, ["a"], ["1"]);
        await Task.Delay(2_100);
        Assert.Equal(first, await TableBytes.BytesAsync(TabularKind.Xlsx, null, ["a"], ["1"]));
    }

    [Theory]
    [InlineData(TabularKind.Csv)]
    [InlineData(TabularKind.Xlsx)]
    public async Task Streams_without_waiting_on_the_network(TabularKind kind)
    {
        using var stream = new AsyncOnlyStream();
        await using (var writer = await TabularWriter.CreateAsync(stream, kind, ["a", "b"], null, CancellationToken.None))
        {
            for (var i = 0; i < 5_000; i++)
                await writer.WriteAsync([$"{i}", "text of some length, to fill a buffer or two"], CancellationToken.None);
        }
        Assert.True(stream.Written > 1_000);
    }

    /// <summary>What a response body is: not seekable, and synchronous writes throw.</summary>
    sealed class AsyncOnlyStream : Stream
    {
        public long Written { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => throw new InvalidOperationException("synchronous");
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return default;
        }
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }
}
