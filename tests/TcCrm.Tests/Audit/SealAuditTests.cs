using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants.Backups;

namespace TcCrm.Tests.Audit;

public sealed class SealAuditTests
{
    static readonly bool IsLong = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Eight_writers_and_the_sealer_lose_nothing(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var each = IsLong ? 500 : 25;
        using var written = new CancellationTokenSource();
        var sealing = Task.Run(() => SealWhileAsync(host, written.Token), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(host, writer, each))));
        await written.CancelAsync();
        await sealing;
        await SealAsync(host, "acme");
        var verdict = await VerifyAsync(host, "acme");
        Assert.Null(verdict.Problem?.Key);
        Assert.Equal((8L * each, 0L), (verdict.Entries, verdict.Unsealed));
        Assert.InRange(verdict.Blocks, 2, verdict.Entries);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_entry_that_comes_late_goes_into_a_later_block(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        var late = new byte[16];
        (await log.IdsAsync())[7].TryWriteBytes(late, bigEndian: true, out _);
        late[15] ^= 1;
        await log.ExecuteAsync($"INSERT INTO audit_entry (id, at, action, record_type, details) SELECT {log.Sql(new(late, bigEndian: true))}, at, 'Late', '', '{{}}' FROM audit_entry WHERE id = {log.Sql((await log.IdsAsync())[7])}");
        Assert.Equal(1, (await log.VerifyAsync()).Unsealed);
        Assert.Equal(1, await log.SealAsync());
        var verdict = await log.VerifyAsync();
        Assert.Null(verdict.Problem?.Key);
        Assert.Equal((4L, 0L), (verdict.Blocks, verdict.Unsealed));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task What_was_said_of_a_person_can_be_erased_and_the_rest_still_proves_itself(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        var record = await log.InAsync(services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().OrderBy(e => e.Id).Skip(16).Select(e => e.RecordId!.Value).FirstAsync());
        Assert.Equal(1, await log.InAsync(services => services.GetRequiredService<EraseAuditDetails>().OfRecordAsync("customers.customer", record, default)));
        var left = await log.InAsync(services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(e => e.RecordId == record).SingleAsync());
        Assert.Equal(("{}", "Created"), (left.Details, left.Action));
        Assert.NotNull(left.ErasedAt);
        var verdict = await log.VerifyAsync();
        Assert.Null(verdict.Problem?.Key);
        Assert.Equal(1, verdict.Erased);
        Assert.Contains("was changed", (await log.AfterAsync($"UPDATE audit_entry SET action = 'Updated' WHERE id = {log.Sql(left.Id)}")).Problem!.Key);
        Assert.Contains("no erasure names it", (await log.AfterAsync("DELETE FROM audit_entry WHERE action = 'AuditErased'")).Problem!.Key);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_seals_hold_in_a_restored_backup(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        using var archive = new MemoryStream();
        await log.Host.Services.GetRequiredService<BackUpTenant>().ExecuteAsync(SealedLog.Tenant, archive, default);
        await log.Host.Services.GetRequiredService<RestoreTenant>().ExecuteAsync(archive, "second", false, default);
        Assert.Equal((null, 3L), (await VerifyAsync(log.Host, "second") is var verdict ? verdict.Problem?.Key : "", verdict.Blocks));
        await log.Host.InAsync("second", services => AddAsync(services, "Later"));
        await SealAsync(log.Host, "second");
        Assert.Equal((null, 4L), (await VerifyAsync(log.Host, "second") is var later ? later.Problem?.Key : "", later.Blocks));
    }

    [Fact]
    public async Task Two_hundred_thousand_entries_are_sealed_and_verified()
    {
        Assert.SkipUnless(IsLong, "With the long proofs.");
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        const int Entries = 200_000, Batch = 5_000;
        for (var done = 0; done < Entries; done += Batch) await host.InAsync("acme", services => AddAsync(services, [.. Enumerable.Range(done, Batch).Select(i => $"Many{i}")]));
        var began = Stopwatch.GetTimestamp();
        while (await SealAsync(host, "acme") > 0) { }
        var sealing = Stopwatch.GetElapsedTime(began);
        began = Stopwatch.GetTimestamp();
        var verdict = await VerifyAsync(host, "acme");
        var verifying = Stopwatch.GetElapsedTime(began);
        Assert.Null(verdict.Problem?.Key);
        Assert.Equal((Entries, 200L), (verdict.Entries, verdict.Blocks));
        TestContext.Current.TestOutputHelper!.WriteLine($"sealed {Entries / sealing.TotalSeconds:N0} entries a second, verified {Entries / verifying.TotalSeconds:N0}");
    }

    static async Task SealWhileAsync(TestHost host, CancellationToken written)
    {
        while (!written.IsCancellationRequested)
        {
            await SealAsync(host, "acme");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    static async Task WriteAsync(TestHost host, int writer, int each)
    {
        for (var i = 0; i < each; i++) await host.InAsync("acme", services => AddAsync(services, $"By{writer}"));
    }

    static async Task<bool> AddAsync(IServiceProvider services, params string[] actions)
    {
        var (db, now) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        db.AddRange(actions.Select(action => new AuditEntry { At = now, Action = action, Details = "{\"Name\":[\"\",\"甲\"]}" }));
        await db.SaveChangesAsync();
        return true;
    }

    static Task<int> SealAsync(TestHost host, string tenant) => host.InAsync(tenant, services => services.GetRequiredService<SealAudit>().SealAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, default));

    static Task<AuditVerdict> VerifyAsync(TestHost host, string tenant) => host.InAsync(tenant, services => services.GetRequiredService<VerifyAudit>().ExecuteAsync(null, default));
}
