using System.Buffers;
using System.Text;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>RFC 4180 with CR LF. Sends whole buffers: a flush for each row would be a network packet for each row.</summary>
sealed class CsvTextWriter(Stream stream, Encoding? encoding) : TabularWriter
{
    const int BufferChars = 1 << 15;
    static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",;\t|\"\r\n");

    readonly Encoding encoding = encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
    readonly StringBuilder text = new(BufferChars);
    bool isStarted;

    public override async ValueTask WriteAsync(IReadOnlyList<string?> cells, CancellationToken cancel)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(FormulaGuard.Add(cells[i] ?? ""));
        }
        text.Append("\r\n");
        if (text.Length >= BufferChars)
            await SendAsync(cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        await SendAsync(CancellationToken.None);
        await stream.FlushAsync();
    }

    void Append(string cell)
    {
        var quoted = cell.AsSpan().IndexOfAny(NeedsQuotes) >= 0 || (cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])));
        if (quoted)
            text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            text.Append(cell);
    }

    async ValueTask SendAsync(CancellationToken cancel)
    {
        if (!isStarted)
            await stream.WriteAsync(encoding.GetPreamble(), cancel);
        isStarted = true;
        await stream.WriteAsync(encoding.GetBytes(text.ToString()), cancel);
        text.Clear();
    }
}
