using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Audit;

/// <summary>A tenant <c>acme</c> with three sealed blocks of entries, and what somebody with access to its database could do to them.</summary>
sealed class SealedLog(TestHost host) : IAsyncDisposable
{
    public const string Tenant = "acme";
    public const int Blocks = 3, Each = 12;

    public TestHost Host => host;

    public static async Task<SealedLog> StartAsync(string engine)
    {
        var log = new SealedLog(await TestHost.StartAsync(engine));
        await log.Host.CreateTenantAsync(Tenant);
        for (var block = 0; block < Blocks; block++)
        {
            await log.InAsync(services => AddAsync(services, block));
            Assert.Equal(1, await log.SealAsync());
        }
        return log;
    }

    public Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> work) => host.InAsync(Tenant, work);

    public Task<int> SealAsync() => InAsync(services => services.GetRequiredService<SealAudit>().SealAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, default));

    public Task<AuditVerdict> VerifyAsync() => InAsync(services => services.GetRequiredService<VerifyAudit>().ExecuteAsync(null, default));

    /// <summary>What is found after the statements have run: on SQLite in a copy of the file, on PostgreSQL in the tenant's own schema, which is put back afterwards.</summary>
    public async Task<AuditVerdict> AfterAsync(params string[] statements)
    {
        if (host.Engine == "sqlite") return await OnCopyAsync(statements);
        await ExecuteAsync("CREATE TABLE kept_entry AS SELECT * FROM audit_entry", "CREATE TABLE kept_block AS SELECT * FROM audit_block");
        try
        {
            await ExecuteAsync(statements);
            return await VerifyAsync();
        }
        finally
        {
            await ExecuteAsync("DELETE FROM audit_entry", "DELETE FROM audit_block", "INSERT INTO audit_entry SELECT * FROM kept_entry", "INSERT INTO audit_block SELECT * FROM kept_block", "DROP TABLE kept_entry", "DROP TABLE kept_block");
        }
    }

    public async Task ExecuteAsync(params string[] statements)
    {
        var tenant = host.Services.GetRequiredService<TenantRegistry>().Find(Tenant)!;
        await using var connection = await host.Services.GetRequiredService<TenantDatabases>().EngineOf(tenant).OpenAsync(tenant.Store, default);
        await ExecuteAsync(connection, statements);
    }

    /// <summary>Ids in the order of the log.</summary>
    public Task<List<Guid>> IdsAsync() => InAsync(services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().OrderBy(e => e.Id).Select(e => e.Id).ToListAsync());

    /// <summary>As the engine writes it into a statement.</summary>
    public string Sql(Guid id) => host.Engine == "sqlite" ? $"X'{Convert.ToHexString(id.ToByteArray(bigEndian: true))}'" : $"'{id}'";

    public string PathOfKeys => Path.Combine(host.Services.GetRequiredService<TenantFolders>().PathOf(Tenant), "keys");

    public async Task<string> CopyAsync()
    {
        var file = Path.Combine(host.DataPath, $"copy-{Guid.CreateVersion7():N}.db");
        await ExecuteAsync($"VACUUM INTO '{file}'");
        return file;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task<AuditVerdict> OnCopyAsync(string[] statements)
    {
        var file = await CopyAsync();
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, statements);
        }
        return await InAsync(services => services.GetRequiredService<VerifyAudit>().CopyAsync(file, default));
    }

    static async Task ExecuteAsync(DbConnection connection, string[] statements)
    {
        foreach (var statement in statements) await connection.ExecuteAsync(statement, [], default);
    }

    static async Task<bool> AddAsync(IServiceProvider services, int block)
    {
        var type = services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"];
        for (var i = 0; i < Each; i++)
            Assert.Equal(SaveOutcome.Saved, (await services.GetRequiredService<RecordStore>().CreateAsync(type, new Dictionary<string, string?> { ["Name"] = $"Firm {block}{i:00}" }, default)).Outcome);
        return true;
    }
}
