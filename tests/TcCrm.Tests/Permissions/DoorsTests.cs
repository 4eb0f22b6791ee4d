using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Permissions;

public sealed class DoorsTests
{
    [Fact]
    public async Task Every_door_is_closed_unless_it_says_otherwise()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var stranger = Visitor.At(host);

        foreach (var page in (string[])["/account", "/users", "/users/new", "/roles", "/api-keys", "/settings/mail"])
            Assert.StartsWith("/t/acme/sign-in?returnUrl=", (await stranger.GetAsync("/t/acme" + page)).Headers.Location?.OriginalString, StringComparison.Ordinal);
        foreach (var page in (string[])["/sign-in", "/account/forgot", "/account/set-password/reset"])
            Assert.Equal(HttpStatusCode.OK, await stranger.StatusAsync("/t/acme" + page));
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusAsync("/t/acme/there/is/no/such/page"));
    }

    [Fact]
    public async Task The_API_answers_with_problem_details_in_the_language_asked_for()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var http = host.CreateClient();
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var answer = await http.GetAsync("/t/acme/api/v1/me");

        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("Sign in, or send a valid API key.", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Pages_ask_for_their_permission()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var (clerk, chief) = (await host.SignedInAsync("acme", "clerk"), await host.SignedInAsync("acme", "chief"));

        foreach (var page in (string[])["/users", "/users/new", "/roles", "/roles/new", "/api-keys", "/settings/mail"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync("/t/acme" + page));
            Assert.Equal(HttpStatusCode.OK, await chief.StatusAsync("/t/acme" + page));
        }
    }
}
