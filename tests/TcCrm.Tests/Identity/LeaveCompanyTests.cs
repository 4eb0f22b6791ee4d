using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Permissions;

namespace TcCrm.Tests.Identity;

public sealed class LeaveCompanyTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Everything_goes_to_the_successor_in_one_step(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        var successor = await chain.Host.AddUserAsync("acme", "successor", "Clerk");
        foreach (var name in new[] { "North", "South" }) await chain.ChangeAsync(name, c => c.OwnerId = chain.Clerk);
        await chain.AddRowAsync(new RecordShare { RecordId = (await chain.CustomerAsync("South 1")).Id, RecordType = "customers.customer", WithKind = ShareWith.User, WithId = chain.Clerk });
        using var api = await chain.Host.ApiClientAsync("acme", "clerk");
        using var clerk = await chain.BrowserAsync("clerk");
        using var boss = await chain.BrowserAsync("boss");
        var page = $"users/{chain.Clerk}/leave";

        var plan = await boss.PageAsync(page);
        Assert.Matches("""Customers</th><td class="num">2</td>""", plan);
        Assert.Contains("API keys", plan);
        Assert.Contains("Records shared with them", plan);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("customers/customer")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync(page, null, ("Successor", "nobody"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync(page, null, ("Successor", "clerk"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, ("Successor", "successor"))).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await clerk.GetAsync("customers/customer")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync("api/v1/me")).StatusCode);
        var south = await chain.CustomerAsync("South");
        Assert.Equal((successor, chain.Units["South"]), (south.OwnerId, south.UnitId));
        Assert.Contains("has left nothing behind", await boss.PageAsync(page));
        var (shared, until, history) = await chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            return (await db.Set<RecordShare>().Select(s => s.WithId).SingleAsync(), await db.Set<Assignment>().Where(a => a.UserId == chain.Clerk).Select(a => a.Until).SingleAsync(),
                await db.Set<AuditEntry>().Where(a => a.RecordId == south.Id && a.Details.Contains("OwnerId")).OrderByDescending(a => a.Id).FirstAsync());
        });
        Assert.Equal(successor, shared);
        Assert.NotNull(until);
        Assert.Contains(successor.ToString(), history.Details);
        Assert.NotNull(history.UserId);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, ("Successor", "successor"))).StatusCode);
    }

    [Fact]
    public async Task Much_goes_in_the_background_and_without_a_successor_to_nobody()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            db.AddRange(Enumerable.Range(0, 230).Select(i => new Customer { Name = $"Many {i}", OwnerId = chain.Clerk }));
            await db.SaveChangesAsync();
        });
        using var boss = await chain.BrowserAsync("boss");

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync($"users/{chain.Clerk}/leave", null)).StatusCode);
        await chain.Host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default);
        for (var waited = 0; waited < 300 && await LeftAsync() > 0; waited++) await Task.Delay(100);

        Assert.Equal(0, await LeftAsync());
        Task<int> LeftAsync() => chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Customer>().CountAsync(c => c.OwnerId == chain.Clerk));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Jobs_that_wait_go_on_for_the_successor_or_are_cancelled(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        var (second, successor) = (await chain.Host.AddUserAsync("acme", "second", "Clerk"), await chain.Host.AddUserAsync("acme", "successor", "Clerk"));
        var (given, cancelled) = (await WaitingAsync(chain.Clerk), await WaitingAsync(second));
        using var boss = await chain.BrowserAsync("boss");
        Assert.Contains("Jobs that are not over", await boss.PageAsync($"users/{chain.Clerk}/leave"));
        await boss.SendFormAsync($"users/{chain.Clerk}/leave", null, ("Successor", "successor"));
        await boss.SendFormAsync($"users/{second}/leave", null);

        await chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            for (var waited = 0; waited < 600 && await db.Set<Job>().AnyAsync(j => j.Id == given && j.State < JobState.Done); waited++) await Task.Delay(50);
            var job = await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Id == given);
            Assert.Equal((successor, JobState.Done), (job.UserId, job.State));
            Assert.Equal(JobState.Cancelled, await db.Set<Job>().Where(j => j.Id == cancelled).Select(j => j.State).SingleAsync());
        });
        foreach (var user in new[] { chain.Clerk, second }) Assert.Contains("has left nothing behind", await boss.PageAsync($"users/{user}/leave"));

        Task<Guid> WaitingAsync(Guid user) => chain.Host.InAsync("acme", async services =>
        {
            var (db, now) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var import = new Import { RecordType = "customers.customer", FileName = "none.csv", PlanJson = "{}", CreatedById = user, CreatedAt = now };
            var job = new Job { Kind = ErasePersonJob.JobKind, Arguments = JsonSerializer.Serialize(new EraseArguments(Guid.CreateVersion7()), JsonSerializerOptions.Web), UserId = user, CreatedAt = now, DueAt = now.AddHours(1) };
            import.JobId = job.Id;
            db.AddRange(import, job);
            await db.SaveChangesAsync();
            return job.Id;
        });
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Killed_anywhere_a_second_run_completes_it(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        var successor = await chain.Host.AddUserAsync("acme", "successor", "Clerk");
        foreach (var name in new[] { "North", "South", "North 1" }) await chain.ChangeAsync(name, c => c.OwnerId = chain.Clerk);
        await chain.AddRowsAsync(Enumerable.Range(0, 205).Select(i => new Assignment { UserId = chain.Clerk, UnitId = chain.Units["South"], Duty = $"Duty {i}" }));
        foreach (var with in new[] { chain.Clerk, successor })
            await chain.AddRowAsync(new RecordShare { RecordId = (await chain.CustomerAsync("South 1")).Id, RecordType = "customers.customer", WithKind = ShareWith.User, WithId = with });
        await chain.Host.ApiClientAsync("acme", "clerk");

        var steps = 0;
        while (!await RunUntilAsync(++steps * steps)) Assert.InRange(steps, 1, 40);
        Assert.InRange(steps, 4, 40);
        await chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            Assert.Equal((0, 3), (await db.Set<Customer>().CountAsync(c => c.OwnerId == chain.Clerk), await db.Set<Customer>().CountAsync(c => c.OwnerId == successor)));
            Assert.Equal(0, await db.Set<Assignment>().CountAsync(a => a.UserId == chain.Clerk && a.Until == null));
            Assert.Equal(successor, await db.Set<RecordShare>().Select(s => s.WithId).SingleAsync());
            foreach (var left in services.GetRequiredService<ITenantCatalogue>().Of<ILeftBehind>()) Assert.Empty(await left.CountAsync(chain.Clerk, default));
        });

        Task<bool> RunUntilAsync(int last) => chain.Host.InAsync("acme", async services =>
        {
            var reports = 0;
            try
            {
                foreach (var left in services.GetRequiredService<ITenantCatalogue>().Of<ILeftBehind>())
                    await left.HandOverAsync(chain.Clerk, successor, _ => ++reports == last ? throw new OperationCanceledException() : Task.CompletedTask, default);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Only_an_administrator_lets_somebody_go_and_never_themselves()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.GrantAsync(PlatformPermissions.ManageUsers);
        var guest = await chain.Host.AddUserAsync("acme", "guest", "Guest");
        var boss = await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "boss").Select(u => u.Id).SingleAsync());

        Assert.Contains("Only an administrator", await (await (await chain.BrowserAsync("clerk")).SendFormAsync($"users/{guest}/leave", null)).TextAsync());
        Assert.Contains("Nobody can disable themselves.", await (await (await chain.BrowserAsync("boss")).SendFormAsync($"users/{boss}/leave", null)).TextAsync());
        Assert.Equal(0, await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.CountAsync(u => !u.IsEnabled)));
    }
}
