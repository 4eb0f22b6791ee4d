using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Permissions;

namespace TcCrm.Tests.Identity;

public sealed class BatchTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Says_beforehand_what_is_refused_and_does_the_rest(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        var gone = await chain.Host.AddUserAsync("acme", "gone", "Guest");
        using var boss = await chain.BrowserAsync("boss");
        var me = await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "boss").Select(u => u.Id).SingleAsync());
        var asked = $"users/batch?step=Disable&id={chain.Clerk}&id={gone}&id={me}";

        var plan = await boss.PageAsync(asked);
        Assert.Contains("Disable: 3 users", plan);
        Assert.Contains("Nobody can disable themselves.", plan);
        Assert.Contains("Disable: 2 users", plan);
        var result = await (await boss.SendFormAsync(asked, null)).TextAsync();
        Assert.Equal(2, Browsing.Find(result, "</b>( – Done)").Count);
        Assert.Equal(["clerk", "gone"], Browsing.Find(await boss.PageAsync("users?state=disabled"), "Select ([a-z]+)\""));
        Assert.DoesNotContain("Select clerk", await boss.PageAsync("users?state=enabled"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await (await chain.Host.ApiClientAsync("acme", "clerk")).GetAsync("api/v1/me")).StatusCode);

        await boss.SendFormAsync($"users/batch?step=AddRole&role=Clerk&id={chain.Clerk}&id={gone}", null);
        Assert.Equal(2, await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().UserRoles.CountAsync(m => m.RoleId == chain.Role)));
        Assert.Contains("Is disabled.", await boss.PageAsync($"users/batch?step=Invite&id={gone}"));
    }

    [Fact]
    public async Task A_disabled_role_gives_nothing_until_it_is_enabled_again()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        using var boss = await chain.BrowserAsync("boss");
        using var clerk = await chain.BrowserAsync("clerk");
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("customers/customer")).StatusCode);

        await boss.SendFormAsync($"roles/batch?step=Disable&id={chain.Role}", null);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync("customers/customer")).StatusCode);
        Assert.Contains("Select Clerk", await boss.PageAsync("roles?state=disabled"));
        await boss.SendFormAsync($"roles/batch?step=Enable&id={chain.Role}", null);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("customers/customer")).StatusCode);
        Assert.Contains("users have this role", await boss.PageAsync($"roles/batch?step=Remove&id={chain.Role}"));
    }

    [Fact]
    public async Task Roles_of_the_product_and_ones_own_stay_on()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.GrantAsync(PlatformPermissions.ManageRoles);
        await chain.GrantAsync(PlatformPermissions.ManageUsers);
        var administrator = await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Roles.Where(r => r.Name == CrmRole.Administrator).Select(r => r.Id).SingleAsync());
        using var boss = await chain.BrowserAsync("boss");
        using var clerk = await chain.BrowserAsync("clerk");

        Assert.Contains("belongs to the product and cannot be disabled", await (await boss.SendFormAsync($"roles/batch?step=Disable&id={administrator}", null)).TextAsync());
        Assert.Contains("You have this role yourself", await (await clerk.SendFormAsync($"roles/batch?step=Disable&id={chain.Role}", null)).TextAsync());
        var me = await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "boss").Select(u => u.Id).SingleAsync());
        Assert.Contains("This is the last administrator", await (await clerk.SendFormAsync($"users/batch?step=Disable&id={me}", null)).TextAsync());
        Assert.Equal(0, await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.CountAsync(u => !u.IsEnabled)));
        Assert.True(await chain.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Roles.AllAsync(r => r.IsEnabled)));
    }
}
