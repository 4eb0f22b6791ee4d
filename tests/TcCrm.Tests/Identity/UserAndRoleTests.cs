using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class UserAndRoleTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_last_administrator_stays(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        var page = $"/t/acme/users/{await host.IdOfAsync("acme", "chief")}";

        var disabled = await chief.PostAsync(page, [("UserName", "chief"), ("Roles", CrmRole.Administrator)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, disabled.StatusCode);
        Assert.Contains("不能停用自己", WebUtility.HtmlDecode(await disabled.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var withoutRole = await chief.PostAsync(page, [("UserName", "chief"), ("IsEnabled", "true")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, withoutRole.StatusCode);
        Assert.Contains("最后一位管理员", WebUtility.HtmlDecode(await withoutRole.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await chief.StatusAsync("/t/acme/users"));

        await host.InAsync("acme", s => s.AddUserAsync("second", CrmRole.Administrator));
        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync(page, [("UserName", "chief"), ("IsEnabled", "true")])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await chief.StatusAsync("/t/acme/users"));
    }

    [Fact]
    public async Task Nobody_hands_out_or_takes_over_more_than_they_have()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await host.InAsync("acme", async s => Assert.Empty(await s.GetRequiredService<RoleAccounts>().SaveAsync(new() { Name = "Personnel" }, ["ManageUsers", "ManageRoles"], ["ManageUsers", "ManageRoles"], default)));
        await host.InAsync("acme", s => s.AddUserAsync("anna", "Personnel"));
        var anna = await host.SignedInAsync("acme", "anna");
        var (self, chief) = (await host.IdOfAsync("acme", "anna"), await host.IdOfAsync("acme", "chief"));
        var staff = await host.InAsync("acme", async s => (await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync("Staff"))!.Id);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anna.PostAsync($"/t/acme/users/{self}", [("UserName", "anna"), ("IsEnabled", "true"), ("Roles", CrmRole.Administrator)])).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anna.PostAsync($"/t/acme/users/{chief}", [("Password", "pebble 5 anchor")], $"/t/acme/users/{chief}?handler=Password")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anna.PostAsync($"/t/acme/users/{chief}", [], $"/t/acme/users/{chief}?handler=Invite")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await anna.PostAsync($"/t/acme/roles/{staff}", [("Name", "Staff"), ("Granted", "RunRecipes")])).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await anna.PostAsync("/t/acme/users/new", [("UserName", "ben"), ("Roles", "Personnel"), ("Password", "pebble 5 anchor")])).StatusCode);
    }

    [Fact]
    public async Task Weak_passwords_and_taken_names_are_refused_in_the_users_language()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        async Task<string> CreateAsync(string name, string password) => WebUtility.HtmlDecode(await (await chief.PostAsync("/t/acme/users/new", [("UserName", name), ("Password", password)])).Content.ReadAsStringAsync());

        Assert.Contains("至少需要 10 个字符", await CreateAsync("ben", "a1b2"), StringComparison.Ordinal);
        Assert.Contains("这个密码太常见", await CreateAsync("ben", "woaini1314520"), StringComparison.Ordinal);
        Assert.Contains("密码不能包含用户名", await CreateAsync("benjamin", "7 benjamin orbit"), StringComparison.Ordinal);
        Assert.Contains("用户“clerk”已存在", await CreateAsync("clerk", "pebble 5 anchor"), StringComparison.Ordinal);
        Assert.Contains("不能有空格", await CreateAsync("a b", "pebble 5 anchor"), StringComparison.Ordinal);
        Assert.DoesNotContain("ben", await chief.ReadAsync("/t/acme/users"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_with_holders_or_of_the_product_cannot_be_removed()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        await chief.PostAsync("/t/acme/roles/new", [("Name", "Temps"), ("Granted", "View_customers.customer")]);
        var roles = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Roles.ToDictionaryAsync(r => r.Name!, r => r.Id));
        Task<HttpResponseMessage> RemoveAsync(string role) => chief.PostAsync("/t/acme/roles/new", [], $"/t/acme/roles/{roles[role]}?handler=Remove");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RemoveAsync("Staff")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RemoveAsync(CrmRole.Administrator)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await RemoveAsync("Temps")).StatusCode);

        await host.InAsync("acme", async s =>
        {
            var administrator = (await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync(CrmRole.Administrator))!;
            await Assert.ThrowsAsync<BusinessRuleException>(() => s.GetRequiredService<RoleAccounts>().SaveAsync(administrator, [], [], default));
            administrator.Name = "Nobody";
            await Assert.ThrowsAsync<BusinessRuleException>(() => s.GetRequiredService<RoleAccounts>().SaveAsync(administrator, [], [], default));
        });
    }

    [Fact]
    public async Task Sign_ins_and_changes_of_users_are_audited_without_names_or_passwords()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await Visitor.At(host).SignInAsync("acme", "clerk", "wrong-guess");
        var chief = await host.SignedInAsync("acme", "chief");
        var id = await host.IdOfAsync("acme", "clerk");
        await chief.PostAsync($"/t/acme/users/{id}", [("UserName", "clerk"), ("Roles", "Staff")]);

        var rows = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().OrderBy(a => a.Id).ToListAsync());
        Assert.Equal(["SignInFailed", "SignedIn", "Disabled"], rows.Where(r => r.Action != "Created").Select(r => r.Action));
        Assert.All(rows, row => Assert.DoesNotContain("wrong-guess", row.Details, StringComparison.Ordinal));
        Assert.Equal(await host.IdOfAsync("acme", "chief"), rows[^1].UserId.ToString());
    }
}
