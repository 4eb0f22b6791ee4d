using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

public sealed class PreferencesTests
{
    [Theory]
    [InlineData("theme", "dark")]
    [InlineData("density", "compact")]
    [InlineData("lang", "en")]
    [InlineData("nav", "slim")]
    public async Task Keeps_a_choice_at_the_address_of_the_tenant(string name, string value)
    {
        await using var host = await StartAsync();

        var answer = await PostAsync(host, name, value);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"tc_{name}={value};", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/t/demo;", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theme", "pink")]
    [InlineData("lang", "zh-CN; path=/")]
    [InlineData("other", "x")]
    public async Task Refuses_what_is_not_on_offer(string name, string value)
    {
        await using var host = await StartAsync();

        var answer = await PostAsync(host, name, value);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Refuses_a_post_without_the_token()
    {
        await using var host = await StartAsync();

        var answer = await host.Client.PostAsync("/t/demo/preferences", new FormUrlEncodedContent([new("theme", "dark")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost/t/demo/customers?q=a", "/t/demo/customers?q=a")]
    [InlineData("https://elsewhere.example/t/demo/customers", "/t/demo/")]
    [InlineData("http://localhost//elsewhere.example/", "/t/demo/")]
    [InlineData(null, "/t/demo/")]
    public async Task Leads_back_to_a_page_of_this_host_only(string? referer, string to)
    {
        await using var host = await StartAsync();

        var answer = await PostAsync(host, "theme", "dark", referer);

        Assert.Equal(to, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Answers_a_script_without_a_page()
    {
        await using var host = await StartAsync();

        var answer = await PostAsync(host, "theme", "light", htmx: true);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public void Reads_only_known_values()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = "tc_theme=dark; tc_density=huge; tc_lang=zh-CN; tc_nav=slim";

        Assert.Equal(new UiPreferences("dark", "default", "zh-CN", true), UiPreferences.Of(http.Request));
    }

    static Task<KitHost> StartAsync() => KitHost.StartAsync(endpoints => endpoints
        .MapGet("/token", (HttpContext http, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(http).RequestToken));

    static async Task<HttpResponseMessage> PostAsync(KitHost host, string name, string value, string? referer = null, bool htmx = false)
    {
        var page = await host.Client.GetAsync("/t/demo/token");
        var post = new HttpRequestMessage(HttpMethod.Post, "/t/demo/preferences")
        {
            Content = new FormUrlEncodedContent([new(name, value), new("__RequestVerificationToken", await page.Content.ReadAsStringAsync())]),
        };
        post.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        if (referer is not null)
            post.Headers.Referrer = new Uri(referer);
        if (htmx)
            post.Headers.Add("HX-Request", "true");
        return await host.Client.SendAsync(post);
    }
}
