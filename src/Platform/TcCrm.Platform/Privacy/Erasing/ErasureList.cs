using System.Text.Json;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>
/// Who was erased, by record id and nothing else, in a file for each tenant that no backup holds and no restore or removal touches: an older backup still
/// knows the person, and this says so when it comes back. Lines are only ever added.
/// </summary>
public sealed class ErasureList(IOptions<TcCrmOptions> options) : IDisposable
{
    readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>On the disk when it returns: the erasure comes after.</summary>
    public async Task AddAsync(string tenant, IEnumerable<RecordReference> records, DateTime at, CancellationToken cancel)
    {
        var lines = string.Concat(records.Select(r => JsonSerializer.Serialize(new Line(r.RecordType, r.RecordId, at), JsonSerializerOptions.Web) + "\n"));
        await _one.WaitAsync(cancel);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(tenant))!);
            await using var file = new FileStream(PathOf(tenant), FileMode.Append, FileAccess.Write, FileShare.Read);
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(lines), cancel);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A line that a crash cut off is passed over: the erasure that it began had not happened.</summary>
    public async Task<IReadOnlyList<RecordReference>> ReadAsync(string tenant, CancellationToken cancel)
    {
        if (!File.Exists(PathOf(tenant))) return [];
        return [.. (await File.ReadAllLinesAsync(PathOf(tenant), cancel)).Select(Read).OfType<RecordReference>().Distinct()];
    }

    public void Dispose() => _one.Dispose();

    static RecordReference? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web) is { RecordType: { } type } read ? new(type, read.RecordId) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    string PathOf(string tenant) => Path.Combine(Path.GetFullPath(options.Value.DataPath), "erasures", tenant + ".jsonl");

    sealed record Line(string RecordType, Guid RecordId, DateTime At);
}
