using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Modules;

namespace TcCrm.Tests.Identity.OpenId;

public sealed class ProviderTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    const string Customers = "/t/acme/api/v1/customers.customer";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_user_agrees_once_and_the_application_acts_within_its_scopes_until_access_is_taken_back(string engine)
    {
        await using var host = await StartAsync(engine);
        var partner = await Partner.RegisterAsync(host, "acme");
        var clerk = await SignedInAsync(host, "clerk");

        var asked = await clerk.ReadAsync(partner.Ask());
        Assert.Contains("Partner", asked, StringComparison.Ordinal);
        var tokens = await partner.RedeemAsync(await partner.CodeAsync(clerk));
        Assert.Equal((HttpStatusCode.OK, "Bearer"), (tokens.Status, tokens["token_type"]));
        Assert.Equal(HttpStatusCode.Found, (await clerk.GetAsync(partner.Ask())).StatusCode); // remembered

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, tokens, "/t/acme/api/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(host, tokens, Customers)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await CallAsync(host, tokens, "/t/acme/api/v1/customers.contact")).Status); // the user may, the token may not

        var fresh = await partner.RefreshAsync(tokens["refresh_token"]!);
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
        Assert.Equal("true", (await partner.PostAsync("introspect", ("token", fresh["access_token"]!)))["active"], ignoreCase: true);

        await clerk.PostAsync("/t/acme/account", [], $"/t/acme/account/applications/{await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<OpenIdAuthorization>().Select(a => a.Id).SingleAsync())}");
        Assert.Contains("revoked", (await CallAsync(host, fresh, Customers)).Text, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await partner.RefreshAsync(fresh["refresh_token"]!))["error"]);
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync(partner.Ask())).StatusCode); // asks again
        Assert.Equal(["AccessGranted", "AccessTakenBack", "Created"], await ActionsAsync(host));
    }

    [Fact]
    public async Task Every_wrong_request_is_refused_for_its_own_reason()
    {
        var host = site.Host;
        var partner = await Partner.RegisterAsync(host, "acme");
        var other = await Partner.RegisterAsync(host, "acme", "Other");
        var clerk = await SignedInAsync(host, "clerk");

        var foreign = await clerk.GetAsync(partner.Ask("https://evil.example/back"));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode); // and leads nowhere
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.GetAsync(partner.Ask(Partner.Address + "/more"))).StatusCode);
        Assert.Contains("not allowed to use the specified scope", await clerk.ReadAsync(partner.Ask(scope: "openid Delete_customers.customer")), StringComparison.Ordinal);
        Assert.Contains("code_challenge_method", await clerk.ReadAsync(partner.Ask().Replace("S256", "plain", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("access_denied", ErrorOf(await Partner.DecideAsync(clerk, await clerk.GetAsync(partner.Ask()), partner.Ask(), "deny")));

        var code = await partner.CodeAsync(clerk);
        Assert.Equal("invalid_grant", (await other.RedeemAsync(code))["error"]);
        Assert.Equal("invalid_grant", (await partner.RedeemAsync(code, new string('x', 43)))["error"]);
        var right = partner.Secret;
        partner.Secret = "guessed";
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await ShortAsync(partner.RedeemAsync(code)));
        partner.Secret = right;

        var tokens = await partner.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal("invalid_grant", (await partner.RedeemAsync(code))["error"]);
        Assert.Contains("revoked", (await CallAsync(host, tokens, Customers)).Text, StringComparison.Ordinal); // a code shown twice was stolen
        Assert.Equal("invalid_grant", (await partner.RefreshAsync(tokens["refresh_token"]!))["error"]);
    }

    [Fact]
    public async Task A_refresh_token_counts_once_and_its_second_use_ends_all_that_came_from_it()
    {
        var host = site.Host;
        var partner = await Partner.RegisterAsync(host, "acme");
        var first = await partner.RedeemAsync(await partner.CodeAsync(await SignedInAsync(host, "clerk")));

        var second = await partner.RefreshAsync(first["refresh_token"]!);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal("invalid_grant", (await partner.RefreshAsync(first["refresh_token"]!))["error"]);
        Assert.Equal("invalid_grant", (await partner.RefreshAsync(second["refresh_token"]!))["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(host, second, Customers)).Status);
    }

    [Fact]
    public async Task A_service_acts_as_its_user_and_an_application_that_is_switched_off_does_nothing()
    {
        var host = site.Host;
        await host.InAsync("acme", s => s.AddUserAsync("robot", "Staff"));
        var service = await Partner.RegisterAsync(host, "acme", "Nightly", form => (form.RedirectAddresses, form.ServiceUser) = (null, "robot"));

        var tokens = await service.TokenAsync(("grant_type", "client_credentials"));
        var (status, me) = await CallAsync(host, tokens, "/t/acme/api/v1/me");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("robot", me, StringComparison.Ordinal);
        Assert.Null(tokens["refresh_token"]);

        await SwitchAsync(host, service, isEnabled: false);
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), await ShortAsync(service.TokenAsync(("grant_type", "client_credentials"))));
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync(host, tokens, Customers)).Status);

        await SwitchAsync(host, service, isEnabled: true);
        service.Secret = await host.InAsync("acme", async s => await s.GetRequiredService<Applications>().RenewSecretAsync((await s.GetRequiredService<Applications>().FindAsync(service.Key, default))!, default));
        Assert.Equal(HttpStatusCode.OK, (await service.TokenAsync(("grant_type", "client_credentials"))).Status);
        await host.UserAsync("acme", "robot", (s, user) =>
        {
            user.IsEnabled = false;
            return s.GetRequiredService<UserAccounts>().SaveAsync(user, ["Staff"], default);
        });
        Assert.Equal("invalid_grant", (await service.TokenAsync(("grant_type", "client_credentials")))["error"]);
        Assert.Contains("disabled", (await CallAsync(host, tokens, Customers)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_that_is_off_has_no_addresses_and_makes_no_keys()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("plain");
        var http = Partner.Client(host);

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/t/plain/.well-known/openid-configuration")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/t/plain/connect/authorize")).StatusCode);
        Assert.Empty(Directory.GetFiles(host.DataPath, "openid.protected", SearchOption.AllDirectories));
        await EnableAsync(host, "plain");
        Assert.Contains("https://localhost/t/plain/connect/authorize", await http.GetStringAsync("/t/plain/.well-known/openid-configuration"), StringComparison.Ordinal);
        Assert.Contains("\"RS256\"", await http.GetStringAsync("/t/plain/.well-known/jwks"), StringComparison.Ordinal);
    }

    internal static async Task<TestHost> StartAsync(string engine = "sqlite", IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = await TestHost.StartAsync(engine, settings: settings);
        await host.CreateCompanyAsync("acme");
        await EnableAsync(host, "acme");
        await host.InAsync("acme", async s =>
        {
            var staff = await s.GetRequiredService<CrmDbContext>().Roles.SingleAsync(r => r.Name == "Staff");
            string[] rights = ["View_customers.customer", "Edit_customers.customer", "View_customers.contact"];
            await s.GetRequiredService<RoleAccounts>().SaveAsync(staff, rights, rights, default);
        });
        return host;
    }

    internal static Task EnableAsync(TestHost host, string tenant) =>
        host.InAsync(tenant, async s => { await s.GetRequiredService<FeatureSwitch>().EnableAsync(OpenIdServerStartup.Id, default); });

    internal static async Task<Visitor> SignedInAsync(TestHost host, string user, string tenant = "acme")
    {
        var visitor = new Visitor(Partner.Client(host, keepsCookies: true));
        Assert.Equal(HttpStatusCode.Found, (await visitor.SignInAsync(tenant, user, Company.Password)).StatusCode);
        return visitor;
    }

    static Task<(HttpStatusCode Status, string Text)> CallAsync(TestHost host, Partner.Answer tokens, string path) => Partner.CallAsync(host, tokens["access_token"], path);

    static Task SwitchAsync(TestHost host, Partner partner, bool isEnabled) => host.InAsync("acme", async s =>
    {
        var applications = s.GetRequiredService<Applications>();
        await applications.SwitchAsync((await applications.FindAsync(partner.Key, default))!, isEnabled, default);
    });

    static string? ErrorOf(HttpResponseMessage answer) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(answer.Headers.Location?.Query)["error"];

    static async Task<(HttpStatusCode, string?)> ShortAsync(Task<Partner.Answer> answer) => ((await answer).Status, (await answer)["error"]);

    static Task<List<string>> ActionsAsync(TestHost host) =>
        host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(e => e.RecordType == "platform.application").Select(e => e.Action).Distinct().OrderBy(a => a).ToListAsync());
}
