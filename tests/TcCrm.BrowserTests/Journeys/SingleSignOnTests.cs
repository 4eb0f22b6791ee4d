using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Modules;

namespace TcCrm.BrowserTests.Journeys;

/// <summary>Two tenants of one host: the demonstration's company lets in whom the other one vouches for.</summary>
public sealed class SingleSignOnTests(DemoSite site)
{
    [Fact]
    public async Task Who_is_known_to_one_company_works_in_another_and_leaves_both_at_once()
    {
        await TrustAsync(await RegisterAsync(new SignInProvider()));
        await using var visitor = await site.VisitAsync(user: null);
        await visitor.Page.Context.AddCookiesAsync([new() { Name = "tc_lang", Value = "en", Url = site.Site.Address + "/" }]);
        await visitor.GoAsync("/sign-in");
        await visitor.Link("Sign in with Head office").ClickAsync();
        await visitor.TryPasswordAsync(DemoSite.Administrator, DemoSite.Password);
        await Assertions.Expect(visitor.Heading("Demo asks for access")).ToBeVisibleAsync();
        await visitor.Button("Allow").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/t/demo/");
        Assert.Equal(["Guests"], await RolesAsync());

        await visitor.OpenUserMenuAsync();
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/t/demo/sign-in");
        await visitor.Page.GotoAsync(site.Site.Address + "/host/tenants");
        await visitor.Page.WaitForURLAsync($"{site.Site.Address}/sign-in?*");
    }

    /// <summary>The provider has its id first, by which it is known where to send users back to.</summary>
    async Task<(SignInProvider Provider, string Client, string Secret)> RegisterAsync(SignInProvider provider)
    {
        await InAsync(DemoSite.Host, services => services.GetRequiredService<FeatureSwitch>().EnableAsync(OpenIdServerStartup.Id, default));
        var demo = site.Site.Address + DemoSite.PathOf(DemoSite.Demo);
        var form = new ApplicationForm { Name = "Demo", RedirectAddresses = $"{demo}/sign-in/from/{provider.Id}", SignedOutAddresses = $"{demo}/sign-in/left/{provider.Id}", Scopes = ["profile", "roles"] };
        var (application, secret, problems) = await InAsync(DemoSite.Host, services => services.GetRequiredService<Applications>().CreateAsync(form, default));
        Assert.Empty(problems);
        return (provider, application.ClientId!, secret!);
    }

    Task<bool> TrustAsync((SignInProvider Provider, string Client, string Secret) known) => InAsync(DemoSite.Demo, async services =>
    {
        var role = new CrmRole { Name = "Guests" };
        await services.GetRequiredService<RoleManager<CrmRole>>().CreateAsync(role);
        var form = new ProviderForm
        {
            Name = "Head office",
            Authority = site.Site.Address,
            ClientId = known.Client,
            ClientSecret = known.Secret,
            Scopes = "openid profile roles",
            UnknownPersons = UnknownPersons.Create,
            Mappings = [new() { Claim = "role", Value = CrmRole.Administrator, RoleId = role.Id }],
        };
        Assert.Empty(await services.GetRequiredService<SignInProviders>().SaveAsync(known.Provider, form, default));
        return true;
    });

    /// <summary>The roles of whoever has come from there.</summary>
    Task<List<string>> RolesAsync() => InAsync(DemoSite.Demo, async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        return await (from link in db.UserLogins join membership in db.UserRoles on link.UserId equals membership.UserId join role in db.Roles on membership.RoleId equals role.Id select role.Name!).ToListAsync();
    });

    Task<T> InAsync<T>(string tenant, Func<IServiceProvider, Task<T>> work) => site.Site.InAsync(tenant, work);
}
