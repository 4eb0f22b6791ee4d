using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Permissions;

public sealed class ViewAsTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Shows_what_the_other_sees_and_is_written_down_at_both_ends(string engine)
    {
        await using var chain = await StartAsync(engine);
        var boss = await chain.BrowserAsync("boss");
        Assert.Contains("South 1", await boss.GetStringAsync("customers/customer"), StringComparison.Ordinal);

        await BeginAsync(boss, $"users/{chain.Clerk}/view-as", ("Reason", "A call to the help desk"));

        var seen = await boss.GetStringAsync("customers/customer");
        Assert.Contains("North 1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("South 1", seen, StringComparison.Ordinal);
        Assert.Contains("You are looking as clerk, until", seen, StringComparison.Ordinal);
        Assert.Contains("action=\"/t/acme/account/viewing/end\"", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await boss.GetAsync("users")).StatusCode);
        Assert.DoesNotContain("South 1", await boss.GetStringAsync("api/v1/customers.customer"), StringComparison.Ordinal);

        await EndAsync(boss);

        Assert.Contains("South 1", await boss.GetStringAsync("customers/customer"), StringComparison.Ordinal);
        var log = await LogAsync(chain);
        Assert.Equal([("ViewedAs", chain.Clerk), ("ViewedAsEnded", chain.Clerk)], log.Select(e => (e.Action, e.RecordId!.Value)));
        Assert.Contains("A call to the help desk", log[0].Details, StringComparison.Ordinal);
        Assert.Single(log.Select(e => e.UserId).Distinct());
        Assert.NotEqual(chain.Clerk, log[0].UserId);
    }

    [Fact]
    public async Task A_role_is_looked_at_in_the_unit_that_was_chosen()
    {
        await using var chain = await StartAsync("sqlite");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        var boss = await chain.BrowserAsync("boss");

        await BeginAsync(boss, $"roles/{chain.Role}/view-as", ("Reason", "Is the role right?"), ("Unit", chain.Units["South"].ToString()));

        var seen = await boss.GetStringAsync("customers/customer");
        Assert.Contains("South 1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("North 1", seen, StringComparison.Ordinal);
        Assert.Contains("Clerk · South", WebUtility.HtmlDecode(seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_by_itself_and_with_the_session()
    {
        await using var chain = await StartAsync("sqlite");
        var boss = await chain.BrowserAsync("boss");
        await BeginAsync(boss, $"users/{chain.Clerk}/view-as", ("Reason", "Test"));
        await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<UserSession>().Where(s => s.ViewedUntil != null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ViewedUntil, x => x.BegunAt)));

        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync("users")).StatusCode);
        Assert.Equal(["ViewedAs", "ViewedAsEnded"], (await LogAsync(chain)).Select(e => e.Action));

        await BeginAsync(boss, $"users/{chain.Clerk}/view-as", ("Reason", "Test"));
        var token = await Visitor.TokenOfAsync(await boss.GetAsync("customers/customer"));
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(boss, "sign-out", token)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.GetAsync("users")).StatusCode);
        Assert.Equal(["ViewedAs", "ViewedAsEnded", "ViewedAs", "ViewedAsEnded"], (await LogAsync(chain)).Select(e => e.Action));
    }

    [Fact]
    public async Task Ends_when_the_other_is_disabled()
    {
        await using var chain = await StartAsync("sqlite");
        var boss = await chain.BrowserAsync("boss");
        await BeginAsync(boss, $"users/{chain.Clerk}/view-as", ("Reason", "Test"));
        await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Users.Where(u => u.Id == chain.Clerk).ExecuteUpdateAsync(s => s.SetProperty(u => u.IsEnabled, false)));

        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync("users")).StatusCode);
    }

    [Theory]
    [InlineData("boss", "Reason", "", "Say why")]
    [InlineData("boss", "Reason", "Myself", "Nobody can look as themselves")]
    [InlineData("chief", "Reason", "Test", "Nobody can look as an administrator")]
    public async Task Refuses_without_a_reason_oneself_and_administrators(string whom, string field, string value, string refusal)
    {
        await using var chain = await StartAsync("sqlite");
        var chief = await chain.Host.AddUserAsync("acme", "chief");
        var own = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "boss").Select(u => u.Id).SingleAsync());
        var boss = await chain.BrowserAsync("boss");
        var page = $"users/{(value.Length == 0 ? chain.Clerk : whom == "boss" ? own : chief)}/view-as";

        var answer = await PostAsync(boss, page, await Visitor.TokenOfAsync(await boss.GetAsync(page)), (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(refusal, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await LogAsync(chain));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Whoever_is_no_administrator_sees_no_more_than_both_may(string engine)
    {
        await using var chain = await StartAsync(engine);
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        await chain.GrantAsync(RecordPermissions.NameOf(RecordRight.View, "organisation.unit"));
        await chain.Host.AddUserAsync("acme", "helper", "Clerk");
        await HelperAsync(chain, "South");
        var helper = await chain.BrowserAsync("helper");

        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync($"users/{chain.Clerk}/view-as")).StatusCode);
        await BeginAsync(helper, $"users/{chain.Clerk}/view-as", ("Reason", "Test"));

        var seen = await helper.GetStringAsync("customers/customer");
        Assert.DoesNotContain("North 1", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("South 1", seen, StringComparison.Ordinal);
        Assert.Contains("You are looking as clerk", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await helper.GetAsync($"users/{chain.Clerk}/view-as")).StatusCode);
    }

    [Fact]
    public async Task The_write_gate_refuses_what_no_door_has_stopped()
    {
        await using var chain = await StartAsync("sqlite");
        var refused = await chain.Host.InAsync("acme", async services =>
        {
            var user = services.GetRequiredService<CurrentUser>();
            var viewed = new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.NameIdentifier, chain.Clerk.ToString())], "test") { Actor = new() };
            user.RunAs(new(viewed));
            var db = services.GetRequiredService<CrmDbContext>();
            db.Add(new Customer { Name = "New" });
            return await Assert.ThrowsAsync<BusinessRuleException>(() => db.SaveChangesAsync());
        });
        Assert.Contains("nothing can be changed", refused.Key, StringComparison.Ordinal);
    }

    static async Task<Chain> StartAsync(string engine)
    {
        var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North 1");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        return chain;
    }

    /// <summary>A second role, which lets its holder look as others.</summary>
    static async Task HelperAsync(Chain chain, string unit)
    {
        var helper = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "helper").Select(u => u.Id).SingleAsync());
        var role = new CrmRole { Name = "Help desk", NormalizedName = "HELP DESK" };
        await chain.AddRowsAsync([role, new Microsoft.AspNetCore.Identity.IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = CrmRole.PermissionClaim, ClaimValue = PlatformPermissions.ViewAsOthers }, new Microsoft.AspNetCore.Identity.IdentityUserRole<Guid> { RoleId = role.Id, UserId = helper }]);
        await chain.AddAsync(new Platform.Organisation.Assignment { UserId = helper, UnitId = chain.Units[unit], Duty = "Helper" });
    }

    internal static async Task BeginAsync(HttpClient browser, string page, params (string, string)[] fields)
    {
        var answer = await PostAsync(browser, page, await Visitor.TokenOfAsync(await browser.GetAsync(page)), fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }

    static async Task EndAsync(HttpClient browser) =>
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(browser, "account/viewing/end", await Visitor.TokenOfAsync(await browser.GetAsync("customers/customer")))).StatusCode);

    static Task<HttpResponseMessage> PostAsync(HttpClient browser, string to, string token, params (string Name, string Value)[] fields) =>
        browser.PostAsync(to, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    static Task<List<AuditEntry>> LogAsync(Chain chain) => chain.Host.InAsync("acme", services =>
        services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().AsNoTracking().Where(e => e.Action.StartsWith("ViewedAs")).OrderBy(e => e.Id).ToListAsync());
}
