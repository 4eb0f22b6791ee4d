using System.IO.Compression;
using Microsoft.Data.Sqlite;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>The whole database file, written anew by SQLite itself while others go on writing.</summary>
sealed class SqliteDump(DatabaseEngine engine) : DatabaseDump
{
    const string Entry = "database/crm.db";

    public override async Task WriteAsync(string store, ZipArchive archive, CancellationToken cancel)
    {
        var copy = Path.Combine(Path.GetTempPath(), $"tccrm-{Guid.CreateVersion7():N}.db");
        try
        {
            await using (var connection = await engine.OpenAsync(store, cancel))
                await connection.ExecuteAsync("VACUUM INTO @copy", [("@copy", copy)], cancel);
            await archive.CreateEntryFromFileAsync(copy, Entry, CompressionLevel.Fastest, cancel);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public override async Task ReadAsync(string store, ZipArchive archive, BackupManifest manifest, CancellationToken cancel)
    {
        var entry = archive.GetEntry(Entry) ?? throw new BusinessRuleException("The backup is damaged: {0} is missing.", null, Entry);
        var target = await engine.CreateAsync(store, cancel);
        await engine.CloseAsync(store);
        var file = new SqliteConnectionStringBuilder(target.ConnectionString).DataSource;
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        await entry.ExtractToFileAsync(file, overwrite: true, cancel);
        await using var connection = await engine.OpenAsync(store, cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA quick_check(1)";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        string? verdict = null;
        do
        {
            while (await reader.ReadAsync(cancel)) verdict = reader.GetString(0);
        }
        while (await reader.NextResultAsync(cancel));
        if (verdict != "ok") throw new BusinessRuleException("The backup is damaged: {0} is missing.", null, Entry);
    }
}
