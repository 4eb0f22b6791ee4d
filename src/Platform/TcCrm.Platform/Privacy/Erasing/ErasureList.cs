using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>
/// Who was erased, by record id and nothing else, in the host's database, which all nodes share and which no restore or removal of a tenant touches: an older
/// backup still knows the person, and this says so when it comes back. Lines are only ever added.
/// </summary>
public sealed class ErasureList(HostDatabase host, TenantDatabases databases, IOptions<TcCrmOptions> options, TimeProvider time, ILogger<ErasureList> log)
{
    const int AtOnce = 200;

    /// <summary>On the disk when it returns: the erasure comes after.</summary>
    public Task AddAsync(string tenant, IEnumerable<RecordReference> records, CancellationToken cancel) => AddAsync(tenant, records, "UPDATE SET at = excluded.at", cancel);

    /// <param name="since">Null for all that ever were.</param>
    public async Task<IReadOnlyList<RecordReference>> ReadAsync(string tenant, DateTime? since, CancellationToken cancel)
    {
        await TakeOverFileAsync(tenant, cancel);
        return await host.QueryAsync("SELECT record_type, record_id FROM erased_record WHERE tenant = @tenant AND at >= @since ORDER BY at, record_id",
            r => new RecordReference(r.GetString(0), Guid.Parse(r.GetString(1))), [("@tenant", tenant), ("@since", Written(since ?? DateTime.UnixEpoch))], cancel);
    }

    /// <summary>
    /// Takes over what the tenant's own database says of erasures. It matters where that database knows more than the host's does: one that comes from another
    /// host, or one that is about to be replaced after the host's own database was brought back from an older copy.
    /// </summary>
    public async Task GatherAsync(Tenant tenant, CancellationToken cancel)
    {
        try
        {
            var erased = new List<RecordReference>();
            await using var connection = await databases.EngineOf(tenant).OpenAsync(tenant.Store, cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT DISTINCT record_type, record_id FROM erasure";
            await using (var reader = await command.ExecuteReaderAsync(cancel))
                while (await reader.ReadAsync(cancel)) erased.Add(new(reader.GetString(0), reader.GetValue(1) is byte[] bytes ? new(bytes, bigEndian: true) : reader.GetGuid(1)));
            await AddAsync(tenant.Name, erased, "NOTHING", cancel);
        }
        catch (DbException unreadable)
        {
            log.LogWarning(unreadable, "The erasures in the database of tenant {Tenant} could not be read", tenant.Name);
        }
    }

    /// <summary>Earlier versions kept a file for each tenant; one that is found, such as in a copied data folder, is read once and then goes.</summary>
    public async Task TakeOverFilesAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(Folder)) return;
        foreach (var file in Directory.EnumerateFiles(Folder, "*" + Ending)) await TakeOverFileAsync(Path.GetFileNameWithoutExtension(file), cancel);
    }

    async Task TakeOverFileAsync(string tenant, CancellationToken cancel)
    {
        var path = Path.Combine(Folder, tenant + Ending);
        if (!File.Exists(path)) return;
        try
        {
            await AddAsync(tenant, (await File.ReadAllLinesAsync(path, cancel)).Select(Read).OfType<RecordReference>(), "NOTHING", cancel);
            File.Delete(path);
        }
        catch (FileNotFoundException)
        {
            // Another node was first.
        }
    }

    async Task AddAsync(string tenant, IEnumerable<RecordReference> records, string known, CancellationToken cancel)
    {
        foreach (var some in records.Distinct().Chunk(AtOnce))
        {
            var values = some.Select((r, i) => (Row: $"(@tenant, @t{i}, @r{i}, @at)", Of: new (string, object?)[] { ($"@t{i}", r.RecordType), ($"@r{i}", r.RecordId.ToString()) })).ToList();
            await host.ExecuteAsync($"INSERT INTO erased_record (tenant, record_type, record_id, at) VALUES {string.Join(", ", values.Select(v => v.Row))} ON CONFLICT (tenant, record_id) DO {known}",
                [("@tenant", tenant), ("@at", Written(Moments.Now(time))), .. values.SelectMany(v => v.Of)], cancel);
        }
    }

    static string Written(DateTime moment) => moment.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A line that a crash cut off is passed over: the erasure that it began had not happened.</summary>
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

    const string Ending = ".jsonl";
    string Folder => Path.Combine(Path.GetFullPath(options.Value.DataPath), "erasures");

    sealed record Line(string RecordType, Guid RecordId);
}
