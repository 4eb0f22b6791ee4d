using System.IO.Compression;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>The database part of a backup, for one engine.</summary>
abstract class DatabaseDump
{
    public static DatabaseDump For(DatabaseEngine engine, ModuleMigrations migrations) => engine is PostgresEngine ? new PostgresDump(engine, migrations) : new SqliteDump(engine);

    /// <summary>The migrations it has had by module, where the archive needs them to be restored.</summary>
    public virtual Task<IReadOnlyDictionary<string, long[]>> MigrationsAsync(string store, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyDictionary<string, long[]>>(new Dictionary<string, long[]>());

    /// <summary>One state of the database, however much is written meanwhile.</summary>
    public abstract Task WriteAsync(string store, ZipArchive archive, CancellationToken cancel);

    /// <summary>Fills a store that does not exist yet.</summary>
    /// <exception cref="BusinessRuleException">The archive does not fit what is installed here.</exception>
    public abstract Task ReadAsync(string store, ZipArchive archive, BackupManifest manifest, CancellationToken cancel);
}
