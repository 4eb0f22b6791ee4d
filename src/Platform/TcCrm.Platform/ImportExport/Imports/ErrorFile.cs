using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>The rows that were left out, as a table to be corrected and imported again: line, column and reason in front of the row itself.</summary>
sealed class ErrorFile : IAsyncDisposable
{
    readonly TabularWriter _writer;
    readonly Stream? _own;

    ErrorFile(TabularWriter writer, Stream? own) => (_writer, _own) = (writer, own);

    public static Task<ErrorFile> CreateAsync(string path, IReadOnlyList<string> header, IText text, CancellationToken cancel)
    {
        var stream = File.Create(path);
        return CreateAsync(stream, stream, header, text, cancel);
    }

    public static Task<ErrorFile> CreateAsync(Stream stream, IReadOnlyList<string> header, IText text, CancellationToken cancel) => CreateAsync(stream, null, header, text, cancel);

    public ValueTask WriteAsync(int line, IEnumerable<(string Header, string Reason)> problems, string[] cells, CancellationToken cancel)
    {
        var all = problems.ToList();
        return _writer.WriteAsync([$"{line}", string.Join("; ", all.Select(p => p.Header).Where(h => h.Length > 0).Distinct()), string.Join(' ', all.Select(p => p.Reason)), .. cells], cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    static async Task<ErrorFile> CreateAsync(Stream stream, Stream? own, IReadOnlyList<string> header, IText text, CancellationToken cancel) =>
        new(await TabularWriter.CreateAsync(stream, TabularKind.Csv, [text["Line"], text["Column"], text["Reason"], .. header], null, cancel), own);
}
