using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
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
