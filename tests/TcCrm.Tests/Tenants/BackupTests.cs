using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Files;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Tenants.Backups;

namespace TcCrm.Tests.Tenants;

public sealed class BackupTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_tenant_goes_on_on_another_host_with_its_people_files_keys_and_numbers(string engine)
    {
        using var archive = new MemoryStream();
        byte[] secret;
        await using (var here = await TestHost.StartAsync(engine))
        {
            await SetUpAsync(here, "acme");
            secret = await here.InAsync("acme", scope => Task.FromResult(Protector(scope).Protect(Encoding.UTF8.GetBytes("mail password"))));
            await here.InAsync("acme", async scope =>
            {
                (await scope.GetRequiredService<TenantFiles>().StageAsync(Snapshot(scope).Tenant, "media/logo.txt", Encoding.UTF8.GetBytes("logo"), default)).Publish();
                foreach (var name in new[] { "甲", "乙" }) Assert.Equal(SaveOutcome.Saved, await AddAsync(scope, name));
            });
            await here.Services.GetRequiredService<BackUpTenant>().ExecuteAsync("acme", archive, default);
            await here.InAsync("acme", scope => AddAsync(scope, "later"));
        }

        await using var there = await TestHost.StartAsync(engine);
        Assert.Equal("second", await there.Services.GetRequiredService<RestoreTenant>().ExecuteAsync(archive, "second", false, default));
        await there.InAsync("second", async scope =>
        {
            var users = scope.GetRequiredService<UserManager<CrmUser>>();
            Assert.True(await users.CheckPasswordAsync((await users.FindByNameAsync("boss"))!, "Walnuss-Tisch-72"));
            Assert.Equal("mail password", Encoding.UTF8.GetString(Protector(scope).Unprotect(secret)));
            Assert.Equal("logo", await File.ReadAllTextAsync(scope.GetRequiredService<TenantFiles>().Locate(Snapshot(scope).Tenant, "media/logo.txt")));
            Assert.Equal(["C-000001", "C-000002"], await NumbersAsync(scope));
            Assert.Equal(SaveOutcome.Saved, await AddAsync(scope, "丙"));
            Assert.Equal("C-000003", (await NumbersAsync(scope))[^1]);
            Assert.Single((await Customers(scope).ListAsync(Db(scope), RecordQuery.All with { Search = "甲" }, default)).Items);
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_backup_takes_the_place_of_a_tenant_in_which_people_work(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await SetUpAsync(host, "acme");
        await host.InAsync("acme", scope => AddAsync(scope, "before"));
        using var archive = new MemoryStream();
        await host.Services.GetRequiredService<BackUpTenant>().ExecuteAsync("acme", archive, default);
        using var stop = new CancellationTokenSource();
        var work = Task.Run(() => WorkAsync(host, stop.Token), CancellationToken.None); // SQLite answers at once: without a thread of its own the loop would never let go
        await host.Services.GetRequiredService<RestoreTenant>().ExecuteAsync(archive, null, true, default);
        await stop.CancelAsync();
        Assert.True(await work > 0);
        await host.InAsync("acme", async scope => Assert.Equal("before", await Db(scope).Set<global::TcCrm.Customers.Customer>().OrderBy(c => c.Id).Select(c => c.Name).FirstAsync()));
        Assert.DoesNotContain(TenantPlaces.Of(host, "acme"), p => p.Contains("0-", StringComparison.Ordinal) || p.Contains("1-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_what_is_no_backup_and_names_that_lead_out_of_the_folder()
    {
        await using var host = await TestHost.StartAsync();
        await SetUpAsync(host, "acme");
        var restore = host.Services.GetRequiredService<RestoreTenant>();
        await Assert.ThrowsAsync<BusinessRuleException>(() => restore.ExecuteAsync(new MemoryStream([1, 2, 3]), "bad", false, default));
        using var archive = new MemoryStream();
        await host.Services.GetRequiredService<BackUpTenant>().ExecuteAsync("acme", archive, default);
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Update, leaveOpen: true)) zip.CreateEntry("folder/../../../evil.txt").Open().Dispose();
        await Assert.ThrowsAsync<BusinessRuleException>(() => restore.ExecuteAsync(archive, "bad", false, default));
        Assert.Empty(TenantPlaces.Of(host, "bad"));
        Assert.Null(host.Services.GetRequiredService<TenantRegistry>().Find("bad"));
        Assert.False(File.Exists(Path.Combine(host.DataPath, "evil.txt")));
    }

    static async Task<int> WorkAsync(TestHost host, CancellationToken stop)
    {
        var saved = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await host.InAsync("acme", scope => AddAsync(scope, $"work {saved}"));
                saved++;
            }
            catch (BusinessRuleException)
            {
                await Task.Delay(20, CancellationToken.None); // suspended for the moment
            }
        }
        return saved;
    }

    internal static Task SetUpAsync(TestHost host, string name) =>
        host.Services.GetRequiredService<SetUpTenants>().RunAsync([new(name, "retail-chain", new("boss", "Walnuss-Tisch-72"))], null, default);

    static async Task<SaveOutcome> AddAsync(IServiceProvider scope, string name) =>
        (await scope.GetRequiredService<RecordStore>().CreateAsync(Customers(scope), new Dictionary<string, string?> { ["Name"] = name }, default)).Outcome;

    static Task<List<string>> NumbersAsync(IServiceProvider scope) => Db(scope).Set<global::TcCrm.Customers.Customer>().Select(c => c.Number).OrderBy(n => n).ToListAsync();

    static IDataProtector Protector(IServiceProvider scope) => scope.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    static TenantSnapshot Snapshot(IServiceProvider scope) => scope.GetRequiredService<TenantContext>().Snapshot;
    static CrmDbContext Db(IServiceProvider scope) => scope.GetRequiredService<CrmDbContext>();
    static RecordType Customers(IServiceProvider scope) => Snapshot(scope).RecordTypes["customers.customer"];
}
