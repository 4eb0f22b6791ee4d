using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Tenants;

public sealed partial class FirstSetUpTests
{
    static readonly Dictionary<string, string> Good = new()
    {
        ["Form.Title"] = "云杉商贸",
        ["Form.Name"] = "yunshan",
        ["Form.Language"] = "en",
        ["Form.Zone"] = "Europe/Berlin",
        ["Form.Recipe"] = "retail-chain",
        ["Form.Email"] = "boss@yunshan.example",
        ["Form.Password"] = "Walnuss-Tisch-72",
        ["Form.Repeat"] = "Walnuss-Tisch-72",
    };

    [Fact]
    public async Task Every_address_leads_to_the_set_up_screen_which_opens_with_the_printed_token()
    {
        await using var host = await TestHost.StartAsync();
        using var client = Client(host);
        foreach (var address in new[] { "/", "/customers/customer", "/sign-in" })
            Assert.Equal("/setup", (await client.GetAsync(address)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/t/nobody/")).StatusCode);
        Assert.DoesNotContain("Form.Title", await client.GetStringAsync("/setup"), StringComparison.Ordinal);
        Assert.DoesNotContain("Form.Title", await client.GetStringAsync("/setup?token=" + new string('0', 32)), StringComparison.Ordinal);
        Assert.Equal("/setup", (await client.GetAsync("/setup?token=" + Token(host))).Headers.Location?.ToString());
        Assert.Contains("Form.Title", await client.GetStringAsync("/setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_set_up_for_somebody_without_the_token()
    {
        await using var host = await TestHost.StartAsync();
        using var client = Client(host);
        await client.GetAsync("/setup?token=" + Token(host));
        var antiforgery = Antiforgery(await client.GetStringAsync("/setup"));
        using var stranger = Client(host);
        await stranger.GetAsync("/setup");
        var answer = await stranger.PostAsync("/setup", new FormUrlEncodedContent(Good.Append(new("__RequestVerificationToken", antiforgery))));
        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Redirect);
        Assert.Empty(host.Services.GetRequiredService<TenantRegistry>().All);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Sets_up_host_and_company_in_one_piece_and_the_screen_is_gone(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        using var client = Client(host);
        var progress = (await PostAsync(client, host, Good)).Headers.Location!.ToString();
        await UntilAsync(async () => !(await client.GetStringAsync(progress)).Contains("hx-trigger", StringComparison.Ordinal));
        Assert.Contains("/t/yunshan", await client.GetStringAsync(progress), StringComparison.Ordinal);
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        Assert.Equal(["default", "yunshan"], registry.All.Where(t => t is { State: TenantState.Running, Aside: null }).Select(t => t.Name).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/setup")).StatusCode);
        foreach (var tenant in new[] { "default", "yunshan" })
            await host.InAsync(tenant, async scope =>
            {
                var users = scope.GetRequiredService<UserManager<CrmUser>>();
                var boss = (await users.FindByNameAsync("boss@yunshan.example"))!;
                Assert.True(await users.CheckPasswordAsync(boss, "Walnuss-Tisch-72"));
                Assert.Equal([CrmRole.Administrator], await users.GetRolesAsync(boss));
                Assert.Equal(("en", "Europe/Berlin"), (scope.GetRequiredService<TenantContext>().Snapshot.Settings.Language, scope.GetRequiredService<TenantContext>().Snapshot.Settings.Zone.Id));
            });
    }

    [Fact]
    public async Task Shows_every_problem_at_its_field_and_keeps_what_was_typed_but_no_password()
    {
        await using var host = await TestHost.StartAsync();
        using var client = Client(host);
        var answer = await PostAsync(client, host, new(Good) { ["Form.Name"] = "Not A Name", ["Form.Email"] = "nobody", ["Form.Repeat"] = "other", ["Form.Zone"] = "Mars/Base", ["Form.Recipe"] = "none" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var field in new[] { "Form_Name", "Form_Email", "Form_Repeat", "Form_Zone", "Form_Recipe" }) Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Not A Name\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Walnuss", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_back_to_the_form_when_the_rules_for_passwords_refuse_and_nothing_remains()
    {
        await using var host = await TestHost.StartAsync();
        using var client = Client(host);
        var progress = (await PostAsync(client, host, new(Good) { ["Form.Password"] = "kurz", ["Form.Repeat"] = "kurz" })).Headers.Location!.ToString();
        string? again = null;
        await UntilAsync(async () => (again = (await client.GetAsync(progress)).Headers.Location?.ToString()) is not null);
        var page = await client.GetStringAsync(again);
        Assert.Contains("id=\"Form_Password-error\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"yunshan\"", page, StringComparison.Ordinal);
        Assert.Empty(host.Services.GetRequiredService<TenantRegistry>().All);
        Assert.Empty(TenantPlaces.Of(host, "yunshan"));
    }

    static HttpClient Client(TestHost host) => host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    static string Token(TestHost host) => host.Services.GetRequiredService<Entrance>().Token.Value;

    static async Task<HttpResponseMessage> PostAsync(HttpClient client, TestHost host, Dictionary<string, string> form)
    {
        await client.GetAsync("/setup?token=" + Token(host));
        var antiforgery = Antiforgery(await client.GetStringAsync("/setup"));
        return await client.PostAsync("/setup", new FormUrlEncodedContent(form.Append(new("__RequestVerificationToken", antiforgery))));
    }

    static string Antiforgery(string page) => HiddenToken().Matches(page)[^1].Groups[1].Value;

    internal static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await done()) return;
            await Task.Delay(100);
        }
        Assert.Fail("It did not come to an end in a minute.");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex HiddenToken();
}
