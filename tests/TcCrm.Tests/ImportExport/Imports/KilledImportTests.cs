using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Tests.CommandLine;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>Processes that are killed, as <c>kill -9</c> does, while they bring rows in; then the import is run again and every row is there once.</summary>
public sealed class KilledImportTests
{
    const int Rows = 20_000;
    const int Batch = 1_000;
    static readonly string Csv = "ExternalId,Name\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"K{i},N{i}\n"));

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task On_the_command_line_it_is_simply_run_again(string engine)
    {
        await using var host = await StartAsync(engine);
        var file = Path.Combine(host.DataPath, "k.csv");
        await File.WriteAllTextAsync(file, Csv);
        string[] import = ["import", "--tenant", "acme", "--type", "customers.customer", "--file", file, "--match", "ExternalId"];
        await using (var killed = WebProcess.Start(host.DataPath, host.ConnectionString, null, import)) await KillWhenWritingAsync(host, killed);
        var before = await CountAsync(host);
        Assert.InRange(before, 1, Rows - 1);
        Assert.Equal(0, before % Batch); // a batch is there as a whole, or not at all

        await using var again = await WebProcess.RunAsync(host.DataPath, host.ConnectionString, import);
        Assert.True(again.ExitCode == 0, string.Join('\n', again.Lines));
        Assert.Contains(again.Lines, l => l.Contains($"\"added\": {Rows - before}", StringComparison.Ordinal));
        await IsCompleteAsync(host);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task In_a_host_the_next_one_goes_on_with_it(string engine)
    {
        await using var host = await StartAsync(engine);
        var (import, job) = await QueueAsync(host);
        var address = WebProcess.FreeAddress();
        await using (var killed = WebProcess.Start(host.DataPath, host.ConnectionString, null, "--urls", address))
        {
            await AutoSetupTests.ReadyAsync(killed, address);
            using var http = new HttpClient { BaseAddress = new(address) };
            _ = await http.GetAsync("/t/acme/sign-in"); // the first visitor wakes the tenant and its jobs
            await KillWhenWritingAsync(host, killed);
        }
        Assert.InRange(await CountAsync(host), 1, Rows - 1);

        await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Job>().Where(j => j.Id == job).ExecuteUpdateAsync(u => u.SetProperty(j => j.DueAt, DateTime.UnixEpoch))); // the lease of the dead one ends
        await host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default);
        await IsCompleteAsync(host);
        var done = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Import>().AsNoTracking().SingleAsync(i => i.Id == import));
        Assert.Equal((ImportState.Done, Rows), (done.State, done.Report().Added));
    }

    static async Task<TestHost> StartAsync(string engine)
    {
        Assert.SkipUnless(engine == "sqlite" || Environment.GetEnvironmentVariable("TCCRM_LONG") == "1", "With the long proofs; here SQLite stands for both.");
        var host = await TestHost.StartAsync(engine, runsJobs: false);
        await host.CreateTenantAsync("acme");
        return host;
    }

    /// <summary>A job that no signal announces here, so that the other process runs it.</summary>
    static Task<(Guid Import, Guid Job)> QueueAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var workshop = services.GetRequiredService<ImportWorkshop>();
        var import = await workshop.BeginAsync(db.Snapshot.RecordTypes["customers.customer"], "k.csv", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Csv)), default);
        var job = new Job { Kind = ImportJob.JobKind, Arguments = $"{{\"importId\":\"{import.Id}\",\"writes\":true}}", DueAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch };
        db.Add(job);
        await db.SaveChangesAsync();
        return (import.Id, job.Id);
    });

    static async Task KillWhenWritingAsync(TestHost host, WebProcess process)
    {
        while (await CountAsync(host) == 0) await Task.Delay(5);
        process.Kill();
        await process.EndAsync();
    }

    static Task<int> CountAsync(TestHost host) => host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Customer>().CountAsync());

    static async Task IsCompleteAsync(TestHost host)
    {
        var keys = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Customer>().Select(c => c.ExternalId).ToListAsync());
        Assert.Equal((Rows, Rows), (keys.Count, keys.Distinct().Count()));
    }
}
