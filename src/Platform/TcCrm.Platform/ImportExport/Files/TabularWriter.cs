using System.Text;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>Writes a table as a stream, asynchronously to the end, so that it may go straight into a response. Texts that look like formulas are guarded (<see cref="FormulaGuard"/>).</summary>
public abstract class TabularWriter : IAsyncDisposable
{
    /// <summary>CSV is UTF-8 with a byte order mark unless another encoding is given. The stream stays open.</summary>
    public static async Task<TabularWriter> CreateAsync(Stream stream, TabularKind kind, IReadOnlyList<string> header, Encoding? encoding, CancellationToken cancel)
    {
        TabularWriter writer = kind == TabularKind.Xlsx ? new XlsxWriter(stream, header.Count) : new CsvTextWriter(stream, encoding);
        await writer.WriteAsync(header, cancel);
        return writer;
    }

    public abstract ValueTask WriteAsync(IReadOnlyList<string?> cells, CancellationToken cancel);

    /// <summary>Completes the file. One that was not completed is of no use.</summary>
    public abstract ValueTask DisposeAsync();
}
