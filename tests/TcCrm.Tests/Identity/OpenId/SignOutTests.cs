using System.Net;

namespace TcCrm.Tests.Identity.OpenId;

public sealed class SignOutTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    const string Gone = "https://partner.example/gone";

    [Fact]
    public async Task An_application_that_knows_the_user_signs_them_out_without_asking()
    {
        var partner = await RegisterAsync();
        var clerk = await ProviderTests.SignedInAsync(site.Host, "clerk");
        var tokens = await partner.RedeemAsync(await partner.CodeAsync(clerk));

        var answer = await clerk.GetAsync(Leave($"id_token_hint={tokens["id_token"]}&post_logout_redirect_uri={Uri.EscapeDataString(Gone)}&state=s7"));
        Assert.Equal((HttpStatusCode.Found, Gone + "?state=s7"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Found, await clerk.StatusAsync("/t/acme/account"));
        Assert.Equal(Gone, (await clerk.GetAsync(Leave($"client_id={partner.Id}&post_logout_redirect_uri={Uri.EscapeDataString(Gone)}"))).Headers.Location!.ToString()); // nobody is left to ask
    }

    [Fact]
    public async Task Everybody_else_is_asked_first()
    {
        var partner = await RegisterAsync();
        var tokens = await partner.RedeemAsync(await partner.CodeAsync(await ProviderTests.SignedInAsync(site.Host, "clerk")));
        var chief = await ProviderTests.SignedInAsync(site.Host, "chief");
        string[] requests = ["", $"client_id={partner.Id}&post_logout_redirect_uri={Uri.EscapeDataString(Gone)}", $"id_token_hint={tokens["id_token"]}"]; // the last is another's
        foreach (var request in requests) Assert.Contains("value=\"stay\"", await chief.ReadAsync(Leave(request)), StringComparison.Ordinal);

        var page = await chief.GetAsync(Leave(requests[1]));
        (string, string)[] asked = [("client_id", partner.Id), ("post_logout_redirect_uri", Gone)];
        var token = await Visitor.TokenOfAsync(page);
        Assert.Equal(HttpStatusCode.BadRequest, (await chief.PostWithAsync("forged", Leave(""), [.. asked, ("decision", "leave")])).StatusCode);
        Assert.Equal("/t/acme/", (await chief.PostWithAsync(token, Leave(""), [.. asked, ("decision", "stay")])).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, await chief.StatusAsync("/t/acme/account"));
        Assert.Equal(Gone, (await chief.PostWithAsync(token, Leave(""), [.. asked, ("decision", "leave")])).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Found, await chief.StatusAsync("/t/acme/account"));
    }

    [Fact]
    public async Task Foreign_addresses_are_refused_and_a_forged_token_proves_nothing()
    {
        var partner = await RegisterAsync();
        var clerk = await ProviderTests.SignedInAsync(site.Host, "clerk");
        var token = (await partner.RedeemAsync(await partner.CodeAsync(clerk)))["id_token"]!;
        Assert.Contains("value=\"stay\"", await clerk.ReadAsync(Leave($"id_token_hint={token[..^6]}AAAAAA")), StringComparison.Ordinal);
        foreach (var request in new[]
        {
            $"id_token_hint={token}&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F",
            $"client_id={partner.Id}&post_logout_redirect_uri={Uri.EscapeDataString(Gone)}%2Fmore",
        })
        {
            var answer = await clerk.GetAsync(Leave(request));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, request);
            Assert.Contains("post_logout_redirect_uri", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/account"));
        var (_, _, problems) = await site.Host.InAsync("acme", s => ((Platform.Identity.OpenId.Applications)s.GetService(typeof(Platform.Identity.OpenId.Applications))!).CreateAsync(new() { Name = "Wrong", RedirectAddresses = Partner.Address, SignedOutAddresses = "http://partner.example/gone" }, default));
        Assert.Equal("Form.SignedOutAddresses", Assert.Single(problems).Field);
    }

    Task<Partner> RegisterAsync() => site.RegisterAsync("Partner", form => form.SignedOutAddresses = Gone);

    static string Leave(string query) => "/t/acme/connect/logout?" + query;
}
