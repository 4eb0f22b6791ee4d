using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class SharingTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_record_is_shared_until_it_is_withdrawn_or_over(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        await chain.NarrowAsync(RecordRight.Edit, ReachKind.Unit);
        using var boss = await chain.BrowserAsync("boss");
        var far = await chain.CustomerAsync("South 1");
        var page = $"customers/customer/{far.Id}/share";

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, ("With.Kind", "User"), ("With.User", "clerk"), ("MayEdit", "false"), ("Until", "2999-12-31"))).StatusCode);
        await SeesAtEveryDoorAsync(chain, far.Id, sees: true);
        using var api = await chain.Host.ApiClientAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.Forbidden, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{far.Id}", new { remark = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, ("With.Kind", "User"), ("With.User", "clerk"), ("MayEdit", "true"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{far.Id}", new { remark = "x" })).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, page + "?handler=Withdraw", ("with", chain.Clerk.ToString()))).StatusCode);
        await SeesAtEveryDoorAsync(chain, far.Id, sees: false);
        await chain.AddRowAsync(new RecordShare { RecordId = far.Id, RecordType = "customers.customer", WithKind = ShareWith.User, WithId = chain.Clerk, Until = new DateOnly(2020, 1, 1) });
        Assert.Equal(["North"], await chain.SeenByAsync("clerk"));
        var noted = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(a => a.RecordId == far.Id && (a.Action == "Shared" || a.Action == "ShareWithdrawn")).CountAsync());
        Assert.Equal(3, noted);
        Assert.Contains("shared the record", await boss.PageAsync($"customers/customer/{far.Id}"));
        Assert.Contains("clerk", await boss.PageAsync("audit?action=Shared"));
    }

    [Fact]
    public async Task Nobody_shares_more_than_they_may_do_themselves()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        await chain.NarrowAsync(RecordRight.Edit, ReachKind.Unit);
        using var clerk = await chain.BrowserAsync("clerk");
        var (seen, far) = ((await chain.CustomerAsync("North 1")).Id, (await chain.CustomerAsync("South 1")).Id);

        var answer = await clerk.SendFormAsync($"customers/customer/{seen}/share", null, ("With.Kind", "User"), ("With.User", "boss"), ("MayEdit", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("so you can let others see it only", await answer.TextAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.SendFormAsync($"customers/customer/{seen}/share", null, ("With.Kind", "User"), ("With.User", "nobody"), ("MayEdit", "false"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.SendFormAsync($"customers/customer/{seen}/share", null, ("With.Kind", "User"), ("With.User", "boss"), ("Until", "2020-01-01"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"customers/customer/{far}/share")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("sharing-rules")).StatusCode);
        await chain.Host.AddUserAsync("acme", "reader", "Reader", "View_customers.customer");
        Assert.Equal(HttpStatusCode.Forbidden, (await (await chain.BrowserAsync("reader")).GetAsync($"customers/customer/{seen}/share")).StatusCode);
        Assert.Equal(0, await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<RecordShare>().CountAsync()));
    }

    [Fact]
    public async Task A_rule_made_on_the_page_opens_what_matches_at_every_door()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        using var boss = await chain.BrowserAsync("boss");
        var far = await chain.CustomerAsync("South 1");
        (string, string)[] rule = [("type", "customers.customer"), ("Name", "South for clerks"), ("MayEdit", "false"), ("With.Kind", "Role"), ("With.Role", chain.Role.ToString()), ("Conditions[0].Field", "Name"), ("Conditions[0].Operator", "eq"), ("Conditions[0].Value", "South 1")];

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync("sharing-rules/new?type=customers.customer", "sharing-rules/new", rule[..5])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("sharing-rules/new?type=customers.customer", "sharing-rules/new", [.. rule, ("IsEnabled", "true")])).StatusCode);
        await SeesAtEveryDoorAsync(chain, far.Id, sees: true);
        var id = Browsing.Find(await boss.PageAsync("sharing-rules"), "sharing-rules/([0-9a-f-]{36})")[0];
        Assert.Contains("""value="South 1" """.Trim(), await boss.PageAsync($"sharing-rules/{id}"));

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync($"sharing-rules/{id}", null, [.. rule, ("IsEnabled", "false")])).StatusCode);
        await SeesAtEveryDoorAsync(chain, far.Id, sees: false);
        await chain.GrantAsync(PlatformPermissions.ManageSharing);
        using var clerk = await chain.BrowserAsync("clerk");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.SendFormAsync("sharing-rules/new?type=customers.customer", "sharing-rules/new", [.. rule, ("IsEnabled", "true")])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync($"sharing-rules/{id}", $"sharing-rules/{id}?handler=Remove")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"sharing-rules/{id}")).StatusCode);
    }

    static async Task SeesAtEveryDoorAsync(Chain chain, Guid far, bool sees)
    {
        using var page = await chain.BrowserAsync("clerk");
        using var api = await chain.Host.ApiClientAsync("acme", "clerk");
        foreach (var address in new[] { "customers/customer", "customers/customer?q=South", "customers/customer/export?format=csv", "palette?q=South" })
            Assert.True((await page.GetStringAsync(address)).Contains("South 1", StringComparison.Ordinal) == sees, address);
        Assert.Equal(sees, (await chain.SeenByAsync("clerk")).Contains("South 1"));
        foreach (var client in new[] { page.GetAsync($"customers/customer/{far}"), api.GetAsync($"api/v1/customers.customer/{far}") })
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await client).StatusCode);
    }
}
