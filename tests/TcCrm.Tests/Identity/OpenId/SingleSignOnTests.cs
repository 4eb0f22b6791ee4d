using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Modules;

namespace TcCrm.Tests.Identity.OpenId;

public sealed class SingleSignOnTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Claims_give_and_take_named_roles_at_each_sign_in_and_the_last_administrator_stays(string engine)
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync(engine);
        var provider = await ConnectAsync(host, outside, (form, roles) =>
        {
            form.UnknownPersons = UnknownPersons.Create;
            form.NewRoles = [roles["Staff"]];
            form.Mappings = [new() { Claim = "groups", Value = "bosses", RoleId = roles[CrmRole.Administrator] }, new() { Claim = "groups", Value = "sellers", RoleId = roles["Seller"] }];
        });

        outside.Claims = Person("n1", "new@outside.example", true, ["sellers", "others"]);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider));
        Assert.Equal(["Seller", "Staff"], await RolesAsync(host, "new@outside.example"));
        outside.Claims = Person("n1", "new@outside.example", true, ["bosses"]);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider));
        Assert.Equal(["Administrator", "Staff"], await RolesAsync(host, "new@outside.example"));

        outside.Claims = Person("c1", "chief@example.com", true, []);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider)); // linked by mail
        Assert.Empty(await RolesAsync(host, "chief@example.com"));
        outside.Claims = Person("n1", "new@outside.example", true, []);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider));
        Assert.Equal(["Administrator", "Staff"], await RolesAsync(host, "new@outside.example")); // the last one
        Assert.Equal(["AccountLinked", "RolesFromProvider", "SignedIn"], await ActionsAsync(host, "AccountLinked", "RolesFromProvider", "SignedIn"));
    }

    [Fact]
    public async Task Whoever_should_not_come_in_is_refused_for_their_own_reason()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (form, _) => form.UnknownPersons = UnknownPersons.LinkByMail);

        outside.Claims = Person("x1", "clerk@example.com", false, []);
        Assert.Equal("/t/acme/sign-in?refused=MailUnverified", await ArriveAsync(host, outside, provider));
        outside.Claims = Person("x2", "nobody@example.com", true, []);
        Assert.Equal("/t/acme/sign-in?refused=Unknown", await ArriveAsync(host, outside, provider));
        outside.Claims = Person("x3", "clerk@example.com", true, []);
        outside.OtherNonce = "replayed";
        Assert.Equal("/t/acme/sign-in?refused=Invalid", await ArriveAsync(host, outside, provider));
        outside.OtherNonce = null;
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider));
        await DisableAsync(host, "clerk");
        Assert.Equal("/t/acme/sign-in?refused=UserDisabled", await ArriveAsync(host, outside, provider));

        var (first, second) = (NewVisitor(host), NewVisitor(host));
        var stolen = outside.Agree((await first.GetAsync($"/t/acme/sign-in/with/{provider.Id}")).Headers.Location!);
        Assert.Equal("/t/acme/sign-in?refused=Expired", Target(await second.GetAsync(stolen))); // begun by another browser
        Assert.StartsWith("/t/acme/sign-in?returnUrl=", Target(await first.GetAsync($"/t/acme/sign-in/with/{provider.Id}?returnUrl=https://evil.example/")), StringComparison.Ordinal);
        Assert.Contains("取消了登录", await first.ReadAsync("/t/acme/sign-in?refused=Denied"), StringComparison.Ordinal);

        await ChangeAsync(host, provider, form => form.ClientSecret = "guessed");
        Assert.Equal("/t/acme/sign-in?refused=WrongSecret", await ArriveAsync(host, outside, provider));
        await host.InAsync("acme", async s => await s.GetRequiredService<SignInProviders>().SwitchAsync((await s.GetRequiredService<SignInProviders>().FindAsync(provider.Id, default))!, false, default));
        Assert.Equal(HttpStatusCode.NotFound, (await first.GetAsync($"/t/acme/sign-in/with/{provider.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_unless_the_provider_has_proved_one_and_counts()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (form, _) => form.UnknownPersons = UnknownPersons.LinkByMail);
        await host.InAsync("acme", async s =>
        {
            var db = s.GetRequiredService<CrmDbContext>();
            await s.GetRequiredService<RequireSecondFactor>().ExecuteAsync(await db.Roles.SingleAsync(r => r.Name == "Staff"), true, default);
        });

        outside.Claims = Person("c2", "clerk@example.com", true, []);
        outside.Claims["amr"] = new[] { "pwd", "mfa" };
        Assert.Equal("/t/acme/account/second-factor", await HomeOfAsync(host, outside, provider)); // says so, but is not believed
        await ChangeAsync(host, provider, form => form.SecondFactorProofs = "mfa");
        Assert.Null(await HomeOfAsync(host, outside, provider));
        outside.Claims["amr"] = new[] { "pwd" };
        Assert.Equal("/t/acme/account/second-factor", await HomeOfAsync(host, outside, provider));
        await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "clerk").ExecuteUpdateAsync(u => u.SetProperty(x => x.TwoFactorEnabled, true)));
        Assert.StartsWith("/t/acme/sign-in/code?", await ArriveAsync(host, outside, provider), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_linked_and_unlinked_with_the_password_and_the_last_way_in_stays()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (_, _) => { });
        var (link, unlink) = ($"/t/acme/account/linked?handler=Link&provider={provider.Id}", $"/t/acme/account/linked?handler=Unlink&provider={provider.Id}");
        var clerk = await SignedInAsync(host, "clerk");
        outside.Claims = Person("c3", "somebody@outside.example", false, []);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.PostAsync("/t/acme/account/linked", [("Password", "wrong")], link)).StatusCode);
        var out1 = await clerk.PostAsync("/t/acme/account/linked", [("Password", Company.Password)], link);
        var refresh = out1.Headers.GetValues("Refresh").Single();
        Assert.Equal("/t/acme/account/linked", Target(await clerk.GetAsync(outside.Agree(new(refresh[(refresh.IndexOf('=', StringComparison.Ordinal) + 1)..])))));
        Assert.Contains("somebody@outside.example", await clerk.ReadAsync("/t/acme/account"), StringComparison.Ordinal);
        Assert.Contains("somebody@outside.example", await (await SignedInAsync(host, "chief")).ReadAsync($"/t/acme/users/{await host.IdOfAsync("acme", "clerk")}"), StringComparison.Ordinal);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider));

        var hash = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "clerk").Select(u => u.PasswordHash).SingleAsync());
        await SetHashAsync(host, null);
        Assert.Contains("最后一种登录方式", WebUtility.HtmlDecode(await (await clerk.PostAsync("/t/acme/account/linked", [], unlink)).Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await SetHashAsync(host, hash);
        Assert.Equal(HttpStatusCode.Found, (await clerk.PostAsync("/t/acme/account/linked", [("Password", Company.Password)], unlink)).StatusCode);
        Assert.Equal("/t/acme/sign-in?refused=Unknown", await ArriveAsync(host, outside, provider));
    }

    [Fact]
    public async Task An_invitation_is_taken_with_an_account_outside_and_is_then_used_up()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (_, _) => { });
        var link = new Uri(await host.UserAsync("acme", "clerk", (s, user) => PasswordLink.AddressAsync(s.GetRequiredService<UserManager<CrmUser>>(), user, PasswordLink.Invitation, "https://localhost/t/acme")));
        outside.Claims = Person("i1", "guest@outside.example", false, []);

        Assert.Contains($"/sign-in/with/{provider.Id}?user=", await NewVisitor(host).ReadAsync(link.PathAndQuery), StringComparison.Ordinal);
        Assert.Equal("/t/acme/", await ArriveAsync(host, outside, provider, link.Query));
        outside.Claims = Person("i2", "thief@outside.example", false, []);
        Assert.Equal("/t/acme/sign-in?refused=InvitationGone", await ArriveAsync(host, outside, provider, link.Query));
    }

    [Fact]
    public async Task Signing_out_leads_to_the_provider_with_the_token_it_has_given()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (form, _) => form.UnknownPersons = UnknownPersons.LinkByMail);
        outside.Claims = Person("s1", "clerk@example.com", true, []);
        var clerk = NewVisitor(host);
        await ArriveAsync(clerk, outside, provider);

        var left = await clerk.PostAsync("/t/acme/account", [], "/t/acme/sign-out");
        var asked = QueryHelpers.ParseQuery(new Uri(left.Headers.GetValues("Refresh").Single()["0;url=".Length..]).Query);
        Assert.StartsWith("ey", asked["id_token_hint"].ToString(), StringComparison.Ordinal);
        Assert.Equal($"https://localhost/t/acme/sign-in/left/{provider.Id}", asked["post_logout_redirect_uri"]);
        Assert.Equal("https://localhost/t/acme/sign-in", (await clerk.GetAsync($"/t/acme/sign-in/left/{provider.Id}?state={Uri.EscapeDataString(asked["state"]!)}")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Found, await clerk.StatusAsync("/t/acme/account"));
    }

    [Fact]
    public async Task The_test_of_a_connection_names_what_is_wrong()
    {
        await using var outside = await OutsideProvider.StartAsync();
        await using var host = await StartAsync();
        var provider = await ConnectAsync(host, outside, (_, _) => { });

        Assert.Equal((FindingTone.Good, 3), await ToneAsync(host, provider, ""));
        await ChangeAsync(host, provider, form => form.ClientSecret = "guessed");
        Assert.Equal((FindingTone.Wrong, 3), await ToneAsync(host, provider, "client id or the secret"));
        outside.OtherIssuer = "https://other.example";
        Assert.Equal((FindingTone.Wrong, 1), await ToneAsync(host, provider, "names itself 'https://other.example'"));
        await ChangeAsync(host, provider, form => form.Authority = outside.Address + "/elsewhere");
        Assert.Equal((FindingTone.Wrong, 1), await ToneAsync(host, provider, "answers 404"));
        using var guarded = new ProviderHttp(new ConfigurationBuilder().Build());
        Assert.Equal((FindingTone.Wrong, 1), await ToneAsync(host, provider, "AllowPrivateAddresses", guarded));
    }

    [Theory]
    [InlineData("8.8.8.8", true), InlineData("10.1.2.3", false), InlineData("127.0.0.1", false), InlineData("169.254.169.254", false), InlineData("::ffff:192.168.1.1", false), InlineData("100.64.0.1", false)]
    [InlineData("2606:4700::1111", true), InlineData("::1", false), InlineData("fd00::1", false), InlineData("fe80::1", false), InlineData("64:ff9b::a00:1", false), InlineData("0.0.0.0", false)]
    public void Only_public_addresses_are_connected_to(string address, bool isPublic) => Assert.Equal(isPublic, ProviderHttp.IsPublic(IPAddress.Parse(address)));

    static async Task<TestHost> StartAsync(string engine = "sqlite")
    {
        var host = await TestHost.StartAsync(engine, settings: new Dictionary<string, string> { ["TcCrm:OpenId:AllowHttp"] = "true", ["TcCrm:OpenId:AllowPrivateAddresses"] = "true" });
        await host.CreateCompanyAsync("acme");
        await host.InAsync("acme", async s =>
        {
            await s.GetRequiredService<FeatureSwitch>().EnableAsync(OpenIdClientStartup.Id, default);
            await s.GetRequiredService<RoleManager<CrmRole>>().CreateAsync(new() { Name = "Seller" });
        });
        return host;
    }

    static Task<SignInProvider> ConnectAsync(TestHost host, OutsideProvider outside, Action<ProviderForm, Dictionary<string, Guid>> change) => host.InAsync("acme", async s =>
    {
        var roles = await s.GetRequiredService<CrmDbContext>().Roles.ToDictionaryAsync(r => r.Name!, r => r.Id);
        var form = new ProviderForm { Name = "Outside", Authority = outside.Address, ClientId = OutsideProvider.Client, ClientSecret = OutsideProvider.Secret };
        change(form, roles);
        var provider = new SignInProvider();
        Assert.Empty(await s.GetRequiredService<SignInProviders>().SaveAsync(provider, form, default));
        Assert.DoesNotContain(OutsideProvider.Secret, provider.ClientSecret!, StringComparison.Ordinal);
        return provider;
    });

    static Task ChangeAsync(TestHost host, SignInProvider provider, Action<ProviderForm> change) => host.InAsync("acme", async s =>
    {
        var providers = s.GetRequiredService<SignInProviders>();
        var known = (await providers.FindAsync(provider.Id, default))!;
        var form = await providers.ReadAsync(known, default);
        change(form);
        Assert.Empty(await providers.SaveAsync(known, form, default));
    });

    static Dictionary<string, object> Person(string subject, string mail, bool isVerified, string[] groups) =>
        new() { ["sub"] = subject, ["email"] = mail, ["email_verified"] = isVerified, ["preferred_username"] = mail, ["name"] = "Somebody", ["groups"] = groups };

    static Visitor NewVisitor(TestHost host) => new(Partner.Client(host, keepsCookies: true));

    static async Task<Visitor> SignedInAsync(TestHost host, string user)
    {
        var visitor = NewVisitor(host);
        Assert.Equal(HttpStatusCode.Found, (await visitor.SignInAsync("acme", user, Company.Password)).StatusCode);
        return visitor;
    }

    static Task<string> ArriveAsync(TestHost host, OutsideProvider outside, SignInProvider provider, string query = "") => ArriveAsync(NewVisitor(host), outside, provider, query);

    /// <summary>To the provider and back; where that leads.</summary>
    static async Task<string> ArriveAsync(Visitor visitor, OutsideProvider outside, SignInProvider provider, string query = "")
    {
        var sent = await visitor.GetAsync($"/t/acme/sign-in/with/{provider.Id}{query}");
        return Target(await visitor.GetAsync(outside.Agree(sent.Headers.Location!)))!;
    }

    /// <summary>Where the first page leads somebody who has just come in; null when it shows itself.</summary>
    static async Task<string?> HomeOfAsync(TestHost host, OutsideProvider outside, SignInProvider provider)
    {
        var visitor = NewVisitor(host);
        Assert.Equal("/t/acme/", await ArriveAsync(visitor, outside, provider));
        return Target(await visitor.GetAsync("/t/acme/account"));
    }

    static string? Target(HttpResponseMessage answer) => answer.Headers.Location?.ToString();

    static async Task<(FindingTone, int)> ToneAsync(TestHost host, SignInProvider provider, string says, ProviderHttp? http = null)
    {
        var findings = await host.InAsync("acme", async s => await ActivatorUtilities.CreateInstance<ConnectionTest>(s, http ?? s.GetRequiredService<ProviderHttp>()).RunAsync((await s.GetRequiredService<SignInProviders>().FindAsync(provider.Id, default))!, default));
        Assert.Contains(findings, f => f.Text.Contains(says, StringComparison.Ordinal));
        return (findings.Max(f => f.Tone), findings.Count);
    }

    static Task<List<string>> RolesAsync(TestHost host, string mail) => host.InAsync("acme", async s =>
    {
        var db = s.GetRequiredService<CrmDbContext>();
        return await (from u in db.Users where u.Email == mail join m in db.UserRoles on u.Id equals m.UserId join r in db.Roles on m.RoleId equals r.Id orderby r.Name select r.Name).ToListAsync();
    });

    static Task<List<string>> ActionsAsync(TestHost host, params string[] actions) =>
        host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(e => actions.Contains(e.Action)).Select(e => e.Action).Distinct().OrderBy(a => a).ToListAsync());

    static Task<IReadOnlyList<RecordProblem>> DisableAsync(TestHost host, string name) => host.UserAsync("acme", name, (s, user) =>
    {
        user.IsEnabled = false;
        return s.GetRequiredService<UserAccounts>().SaveAsync(user, ["Staff"], default);
    });

    static Task<int> SetHashAsync(TestHost host, string? hash) => host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.Where(u => u.UserName == "clerk").ExecuteUpdateAsync(u => u.SetProperty(x => x.PasswordHash, hash)));
}
