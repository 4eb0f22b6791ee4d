using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Privacy.Erasing;

namespace TcCrm.Tests.Privacy;

/// <summary>Erasing goes on behind the page: broken off at any step and run again, it ends as if nothing had happened.</summary>
public sealed class ErasePersonJobTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Killed_at_any_step_and_run_again_it_ends_the_same(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var steps = await host.InAsync("acme", async services => services.GetRequiredService<ITenantCatalogue>().Of<IErasesPersonalData>().Count() + 1);
        for (var last = 0; last <= steps; last++)
        {
            var person = await AddAsync(host, $"Person {last}");
            await host.InAsync("acme", async services =>
            {
                var step = 0;
                Task Killed() => step++ == last ? throw new OperationCanceledException() : Task.CompletedTask;
                try
                {
                    await services.GetRequiredService<ErasePerson>().ExecuteAsync(new("customers.customer", person), ErasureCause.Request, new((_, _, _) => Killed(), (_, _) => Killed()), default);
                }
                catch (OperationCanceledException)
                {
                    Assert.True(await Db(services).Set<Customer>().AnyAsync(c => c.Id == person));
                }
            });
            var run = await StartAsync(host, person);
            await EndedAsync(host);
            await AssertErasedAsync(host, person, run, last < steps);
        }
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_second_click_and_a_second_node_do_nothing_twice(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        var boss = await host.AddUserAsync("acme", "boss");
        var person = await AddAsync(host, "Person");
        var (open, job) = await host.InAsync("acme", async services =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            var run = new ErasureRun { RecordType = "customers.customer", RecordId = person, AskedAt = now };
            var job = new Job { Kind = ErasePersonJob.JobKind, Arguments = JsonSerializer.Serialize(new EraseArguments(run.Id), JsonSerializerOptions.Web), UserId = boss, State = JobState.Running, CreatedAt = now, DueAt = now.AddHours(1) };
            run.JobId = job.Id; // runs on another node
            Db(services).AddRange(run, job);
            await Db(services).SaveChangesAsync();
            return (run.Id, job.Id);
        });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(host, person))), run => Assert.Equal(open, run));

        for (var died = 0; died < 2; died++) // the other node before it began, and then this one before it could say that it had ended
        {
            await host.InAsync("acme", services => Db(services).Set<Job>().Where(j => j.Id == job).ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Running).SetProperty(j => j.DueAt, DateTime.UnixEpoch)));
            await host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default);
            await EndedAsync(host);
            Assert.Equal(JobState.Done, await host.InAsync("acme", services => Db(services).Set<Job>().Where(j => j.Id == job).Select(j => j.State).SingleAsync()));
            await AssertErasedAsync(host, person, open, byTheJob: true);
        }
        await Task.WhenAll(StartAsync(host, person), StartAsync(host, person)); // from pages that were open long
        await EndedAsync(host);
        await AssertErasedAsync(host, person, open, byTheJob: true);
    }

    /// <summary>As the runner of the host gets round to it.</summary>
    internal static async Task EndedAsync(TestHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await host.InAsync("acme", services => Db(services).Set<Job>().AnyAsync(j => j.Kind == ErasePersonJob.JobKind && j.State < JobState.Done)))
            await Task.Delay(20, patience.Token);
    }

    static Task<Guid> AddAsync(TestHost host, string name) => host.InAsync("acme", async services =>
    {
        var customer = new Customer { Name = name, Kind = CustomerKind.Person, Phone = "+8613957182649" };
        Db(services).AddRange(customer, new Contact { Name = $"With {name}", CustomerId = customer.Id });
        await Db(services).SaveChangesAsync();
        return customer.Id;
    });

    static Task<Guid> StartAsync(TestHost host, Guid person) =>
        host.InAsync("acme", async services => (await services.GetRequiredService<ErasureRuns>().StartAsync(new("customers.customer", person), default)).Id);

    /// <summary>Two records, each told of once: in the list of erasures, in the log and to those who react.</summary>
    static async Task AssertErasedAsync(TestHost host, Guid person, Guid run, bool byTheJob)
    {
        await host.InAsync("acme", async services =>
        {
            var db = Db(services);
            Assert.Equal((0, 0), (await db.Set<Customer>().CountAsync(c => c.Id == person), await db.Set<Contact>().CountAsync(c => c.CustomerId == person)));
            Assert.Equal(1, await db.Set<Erasure>().CountAsync(e => e.RecordId == person));
            Assert.Equal(1, await db.Set<AuditEntry>().CountAsync(e => e.RecordId == person && e.Action == "PersonErased"));
            Assert.Equal(await db.Set<Customer>().CountAsync(), await db.Set<Contact>().CountAsync());
            var ended = await db.Set<ErasureRun>().SingleAsync(r => r.Id == run);
            Assert.NotNull(ended.EndedAt);
            Assert.Equal(byTheJob ? (ErasureMode.Removed, 2) : (null, 0), (ended.Mode, ended.Counts.GetValueOrDefault(ErasureRun.Records)));
        });
    }

    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
}
