using System.Data;
using System.IO.Compression;
using Npgsql;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>
/// The rows of each table as PostgreSQL copies them out. The tables themselves come from the migrations installed here, brought exactly to where they
/// were when the backup was made: so no SQL of an archive is ever run.
/// </summary>
sealed class PostgresDump(DatabaseEngine engine, ModuleMigrations migrations) : DatabaseDump
{
    const string Folder = "database/";
    const string Columns = """
        SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' GROUP BY c.relname ORDER BY c.relname
        """;

    public override async Task<IReadOnlyDictionary<string, long[]>> MigrationsAsync(string store, CancellationToken cancel)
    {
        await using var connection = (NpgsqlConnection)await engine.OpenAsync(store, cancel);
        return await migrations.AppliedAsync(connection, cancel);
    }

    public override async Task WriteAsync(string store, ZipArchive archive, CancellationToken cancel)
    {
        await using var connection = (NpgsqlConnection)await engine.OpenAsync(store, cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        foreach (var (table, columns) in await TablesAsync(connection, cancel))
        {
            await using var entry = await archive.CreateEntry($"{Folder}{table}.copy", CompressionLevel.Fastest).OpenAsync(cancel);
            await using var header = new StreamWriter(entry, leaveOpen: true);
            await header.WriteAsync(columns + "\n");
            await header.FlushAsync(cancel);
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" ({columns}) TO STDOUT (FORMAT binary)", cancel);
            await rows.CopyToAsync(entry, cancel);
        }
    }

    public override async Task ReadAsync(string store, ZipArchive archive, BackupManifest manifest, CancellationToken cancel)
    {
        var target = await engine.CreateAsync(store, cancel);
        migrations.RunExactly(target, manifest.Migrations);
        await using var connection = (NpgsqlConnection)await engine.OpenAsync(store, cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var entry in archive.Entries)
            if (MadeTables.NumberOf(entry.FullName, Folder) is { } made) await MadeTables.CreateAsync(connection, made, cancel);
        foreach (var (table, columns) in await TablesAsync(connection, cancel))
        {
            var entry = archive.GetEntry($"{Folder}{table}.copy") ?? throw new BusinessRuleException("The backup is damaged: {0} is missing.", null, table);
            await connection.ExecuteAsync($"TRUNCATE \"{table}\"", [], cancel);
            await LoadAsync(connection, entry, table, columns, cancel);
        }
        await RestartSequencesAsync(connection, cancel);
        await FieldIndexes.CreateAllAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    static async Task LoadAsync(NpgsqlConnection connection, ZipArchiveEntry entry, string table, string columns, CancellationToken cancel)
    {
        await using var stream = new BufferedStream(await entry.OpenAsync(cancel), 1 << 16);
        var told = new List<byte>();
        for (var next = stream.ReadByte(); next is not (-1 or '\n') && told.Count < 1 << 16; next = stream.ReadByte()) told.Add((byte)next);
        if (System.Text.Encoding.UTF8.GetString([.. told]) != columns) throw new BusinessRuleException("The backup was made with other columns of '{0}' than are installed here.", null, table);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT binary)", cancel);
        await stream.CopyToAsync(rows, cancel);
    }

    static async Task<List<(string Table, string Columns)>> TablesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Columns, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(cancel)) tables.Add((reader.GetString(0), reader.GetString(1)));
        return tables;
    }

    static async Task RestartSequencesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        const string Owned = """
            SELECT format('SELECT setval(%L, greatest(coalesce(max(%I), 0) + 1, 1), false) FROM %I', s.oid::regclass::text, a.attname, t.relname)
            FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0 JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
            WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
            """;
        var statements = new List<string>();
        await using (var command = new NpgsqlCommand(Owned, connection))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel)) statements.Add(reader.GetString(0));
        foreach (var statement in statements) await connection.ExecuteAsync(statement, [], cancel);
    }
}
