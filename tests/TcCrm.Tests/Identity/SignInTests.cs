using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class SignInTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Lets_in_with_the_right_password_only_and_locks_after_five_wrong_ones(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var visitor = Visitor.At(host);

        Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/t/acme/account"));
        Assert.Equal("/t/acme/", (await visitor.SignInAsync("acme", "CLERK", Company.Password)).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/t/acme/account"));

        var known = await TryAsync(host, "clerk", 5);
        Assert.Equal(known, await TryAsync(host, "nobody", 5));
        Assert.Contains("还可以再试 4 次", known[0], StringComparison.Ordinal);
        Assert.Contains("登录已锁定", known[4], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Visitor.At(host).SignInAsync("acme", "clerk", Company.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/t/acme/account"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Parallel_guesses_get_no_more_tries_than_one_after_the_other(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.InAsync("acme", s => s.GetRequiredService<SignInCheck>().CheckAsync("clerk", "wrong", default))));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], outcomes.Select(o => o.TriesLeft).Order());
        Assert.Null((await host.InAsync("acme", s => s.GetRequiredService<SignInCheck>().CheckAsync("clerk", Company.Password, default))).User);
    }

    [Fact]
    public async Task The_common_page_takes_people_to_their_company()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("default");
        await host.CreateCompanyAsync("acme");
        var visitor = Visitor.At(host);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostAsync("/sign-in", [("Company", "nowhere"), ("Name", "clerk"), ("Password", Company.Password)])).StatusCode);
        var answer = await visitor.PostAsync("/sign-in", [("Company", "Acme"), ("Name", "clerk"), ("Password", Company.Password)]);
        Assert.Equal("/t/acme/sign-in/enter", answer.Headers.Location?.OriginalString);
        Assert.Equal("/t/acme/", (await visitor.GetAsync("/t/acme/sign-in/enter")).Headers.Location?.OriginalString);

        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/t/acme/account"));
        Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/account"));
        Assert.Equal("/t/acme/sign-in", (await Visitor.At(host).GetAsync("/t/acme/sign-in/enter")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Comes_back_to_the_wanted_page_but_never_to_another_host()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        (string, string)[] right = [("Name", "clerk"), ("Password", Company.Password)];

        Assert.Equal("/t/acme/sign-in?returnUrl=%2Ft%2Facme%2Faccount%3Fa%3D1", (await Visitor.At(host).GetAsync("/t/acme/account?a=1")).Headers.Location?.OriginalString);
        Assert.Equal("/t/acme/account", (await Visitor.At(host).PostAsync("/t/acme/sign-in", [.. right, ("ReturnUrl", "/t/acme/account")])).Headers.Location?.OriginalString);
        foreach (var elsewhere in (string[])["https://evil.example/", "https:evil.example", "//evil.example/", "/\\evil.example/", "/%2Fevil.example/", "/%5Cevil.example/", "\\/evil.example", "/\t/evil.example"])
        {
            var visitor = Visitor.At(host);
            var shown = await visitor.GetAsync("/t/acme/sign-in?returnUrl=" + Uri.EscapeDataString(elsewhere));
            Assert.Equal(HttpStatusCode.BadRequest, shown.StatusCode);
            Assert.DoesNotContain("evil", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var refused = await visitor.PostAsync("/t/acme/sign-in", [.. right, ("ReturnUrl", elsewhere)]);
            Assert.Equal((HttpStatusCode.BadRequest, null), (refused.StatusCode, refused.Headers.Location));
            Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/t/acme/account"));
        }
    }

    [Fact]
    public async Task Signing_out_asks_for_the_token_and_ends_the_session()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");

        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.Http.PostAsync("/t/acme/sign-out", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/account"));
        Assert.Equal("/t/acme/sign-in", (await clerk.PostAsync("/t/acme/account", [], "/t/acme/sign-out")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await clerk.StatusAsync("/t/acme/account"));
    }

    static async Task<List<string>> TryAsync(TestHost host, string name, int times)
    {
        var said = new List<string>();
        for (var i = 0; i < times; i++)
        {
            var answer = await Visitor.At(host).SignInAsync("acme", name, "wrong");
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            said.Add(page[page.IndexOf("公司代码、", StringComparison.Ordinal)..].Split('<')[0]);
        }
        return said;
    }
}
