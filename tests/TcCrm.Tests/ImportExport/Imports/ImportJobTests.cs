using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Tests.Modules;

namespace TcCrm.Tests.ImportExport.Imports;

[Collection(nameof(ImportHosts))]
public class ImportJobTests(ImportHosts hosts)
{
    const int Rows = 9_500;
    static readonly string Csv = "name,city\n" + string.Concat(Enumerable.Range(1, Rows).Select(i => $"N{i},{(i == 4_000 ? new string('x', 101) : "Nowhere")}\n"));

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_killed_run_goes_on_where_it_stopped_and_brings_no_row_in_twice(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine, runsJobs: false);
        var (import, job) = await QueuedAsync(tenant, userId: null);
        using (TestRule.Hold("N5500"))
        using (var kill = new CancellationTokenSource())
        {
            var running = Task.Run(() => Runner(tenant).DrainAsync(tenant.Name, kill.Token)); // SQLite works on the calling thread
            while ((await FindAsync(tenant, import)).Line == 0) await Task.Delay(5);
            await kill.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        var killed = await FindAsync(tenant, import);
        Assert.Equal(ImportState.Running, killed.State);
        Assert.InRange(await tenant.CountAsync<Customer>(), 1_000, Rows - 1);

        await EndLeaseAsync(tenant, job);
        await RunAsync(tenant);
        var done = await FindAsync(tenant, import);
        Assert.Equal((ImportState.Done, Rows - 1, 1), (done.State, done.Report().Added, done.Report().Error));
        Assert.Equal(Rows - 1, (await tenant.QueryAsync<Customer>()).Select(c => c.Name).Distinct().Count());
        Assert.Equal(JobState.Done, (await tenant.QueryAsync<Job>()).Single(j => j.Kind == ImportJob.JobKind).State);
    }

    [Fact]
    public async Task The_error_file_says_line_column_and_reason_before_the_row_itself()
    {
        await using var tenant = await hosts.TenantAsync(runsJobs: false);
        var (import, _) = await QueuedAsync(tenant, userId: null);
        await RunAsync(tenant);
        var bytes = await tenant.InAsync(async services =>
        {
            using var stream = new MemoryStream();
            var workshop = services.GetRequiredService<ImportWorkshop>();
            await workshop.WriteErrorsAsync((await workshop.OpenAsync(import, default))!.Import, stream, default);
            return stream.ToArray();
        });
        using var errors = TabularFile.Open(new MemoryStream(bytes));
        var row = errors.Rows().Single();
        Assert.Equal(["4001", "city"], row.Cells[..2]);
        Assert.Contains("100", row.Cells[2], StringComparison.Ordinal);
        Assert.Equal(["N4000", new string('x', 101)], row.Cells[3..]);
    }

    [Fact]
    public async Task Runs_with_the_rights_of_the_user_who_asked_at_the_time_it_runs()
    {
        await using var tenant = await hosts.TenantAsync(runsJobs: false);
        await QueuedAsync(tenant, userId: Guid.CreateVersion7());
        await RunAsync(tenant);
        var job = (await tenant.QueryAsync<Job>()).Single(j => j.Kind == ImportJob.JobKind);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal("The user who started this is no longer active.", System.Text.Json.JsonSerializer.Deserialize<JobError>(job.Error!)!.Key);
        Assert.Equal(0, await tenant.CountAsync<Customer>());
    }

    [Fact]
    public async Task Stops_when_asked_and_keeps_what_is_written()
    {
        await using var tenant = await hosts.TenantAsync(runsJobs: false);
        var (import, job) = await QueuedAsync(tenant, userId: null);
        Task running, asking;
        using (TestRule.Hold("N5500"))
        {
            running = Task.Run(() => Runner(tenant).DrainAsync(tenant.Name, default));
            while ((await FindAsync(tenant, import)).Line == 0) await Task.Delay(5);
            asking = Task.Run(() => CancelAsync(tenant, job));
            await Task.Delay(500); // it waits at the write gate, behind the rows that are held
        }
        await asking;
        await running;
        Assert.Equal((ImportState.Cancelled, JobState.Cancelled), ((await FindAsync(tenant, import)).State, (await tenant.QueryAsync<Job>()).Single(j => j.Kind == ImportJob.JobKind).State));
        var report = (await FindAsync(tenant, import)).Report();
        Assert.Equal(report.Added, await tenant.CountAsync<Customer>());
        Assert.InRange(report.Added, 1_000, Rows - 1);
    }

    static Task<bool> CancelAsync(ImportTenant tenant, Guid job) => tenant.InAsync(async services =>
    {
        await services.GetRequiredService<JobQueue>().CancelAsync(job, default);
        return true;
    });

    static Task RunAsync(ImportTenant tenant) => Runner(tenant).DrainAsync(tenant.Name, default);

    static JobRunner Runner(ImportTenant tenant) => tenant.Host.Services.GetRequiredService<JobRunner>();

    static Task<(Guid Import, Guid Job)> QueuedAsync(ImportTenant tenant, Guid? userId) => tenant.InAsync(async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var type = db.Snapshot.RecordTypes["customers.customer"];
        var workshop = services.GetRequiredService<ImportWorkshop>();
        var import = await workshop.BeginAsync(type, "n.csv", new MemoryStream(Encoding.UTF8.GetBytes(Csv)), default);
        await workshop.ChangeAsync(import, import.Plan() with { MatchField = null, Columns = [new("name", ["Name"]), new("city", ["City"])] }, default);
        var job = new Job { Kind = ImportJob.JobKind, Arguments = $"{{\"importId\":\"{import.Id}\",\"writes\":true}}", UserId = userId, DueAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch };
        db.Add(job);
        await db.SaveChangesAsync();
        return (import.Id, job.Id);
    });

    static Task<Import> FindAsync(ImportTenant tenant, Guid id) => tenant.InAsync(services => services.GetRequiredService<CrmDbContext>().Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id));

    static Task<int> EndLeaseAsync(ImportTenant tenant, Guid job) => tenant.InAsync(services =>
        services.GetRequiredService<CrmDbContext>().Set<Job>().Where(j => j.Id == job).ExecuteUpdateAsync(s => s.SetProperty(j => j.DueAt, DateTime.UnixEpoch)));
}
