using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

/// <summary>A tenant with an administrator <c>chief</c> and a plain user <c>clerk</c>.</summary>
public static class Company
{
    public const string Password = "kettle 7 orbit";

    public static async Task CreateCompanyAsync(this TestHost host, string name)
    {
        await host.CreateTenantAsync(name);
        await host.InAsync(name, async services =>
        {
            var roles = services.GetRequiredService<RoleManager<CrmRole>>();
            await roles.CreateAsync(new() { Name = CrmRole.Administrator, IsProtected = true });
            await roles.CreateAsync(new() { Name = "Staff" });
            await services.AddUserAsync("chief", CrmRole.Administrator);
            await services.AddUserAsync("clerk", "Staff");
        });
    }

    public static async Task<CrmUser> AddUserAsync(this IServiceProvider services, string name, params string[] roles)
    {
        var user = new CrmUser { UserName = name, Email = name + "@example.com" };
        Assert.Empty(await services.GetRequiredService<UserAccounts>().CreateAsync(user, Password, roles, default));
        return user;
    }

    public static Task<T> UserAsync<T>(this TestHost host, string tenant, string name, Func<IServiceProvider, CrmUser, Task<T>> work) => host.InAsync(tenant, async services =>
        await work(services, (await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(name))!));

    public static Task<string> IdOfAsync(this TestHost host, string tenant, string name) => host.UserAsync(tenant, name, (_, user) => Task.FromResult(user.Id.ToString()));

    public static async Task<Visitor> SignedInAsync(this TestHost host, string tenant, string name)
    {
        var visitor = Visitor.At(host);
        var answer = await visitor.SignInAsync(tenant, name, Password);
        Assert.Equal(System.Net.HttpStatusCode.Found, answer.StatusCode);
        return visitor;
    }
}
