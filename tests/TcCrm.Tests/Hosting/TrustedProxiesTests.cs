using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Hosting;

public sealed class TrustedProxiesTests
{
    const string Proxy = "10.1.2.3";

    [Theory]
    [InlineData("10.0.0.0/8", Proxy, true)]
    [InlineData(Proxy, Proxy, true)]
    [InlineData("10.0.0.0/8", "192.0.2.7", false)]
    [InlineData(null, Proxy, false)]
    public async Task Only_a_named_proxy_says_that_the_visitor_came_by_https(string? named, string from, bool counts)
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await using var behind = host.WithWebHostBuilder(web =>
        {
            if (named is not null) web.UseSetting("TcCrm:Proxies:0", named);
            web.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new ComesFrom(IPAddress.Parse(from))));
        });
        using var client = behind.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/t/acme/sign-in");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        var cookies = (await client.SendAsync(request)).Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, c => Assert.Equal(counts, c.Contains("secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Tries_to_sign_in_are_counted_by_the_visitors_address_and_not_by_the_proxys()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await using var behind = host.WithWebHostBuilder(web =>
        {
            web.UseSetting("TcCrm:Proxies:0", Proxy);
            web.UseSetting("TcCrm:SignIn:TriesPerAddress", "3");
            web.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new ComesFrom(IPAddress.Parse(Proxy))));
        });
        Assert.True(await IsSentAwayAsync(behind, "203.0.113.9"), "the limit was never reached");
        using var other = Client(behind, "203.0.113.10");
        Assert.Equal(HttpStatusCode.Found, (await new Visitor(other).SignInAsync("acme", "clerk", Company.Password)).StatusCode);
    }

    /// <summary>Guesses for names that differ, so that only the limit of the address can end it.</summary>
    static async Task<bool> IsSentAwayAsync(WebApplicationFactory<Program> host, string address)
    {
        using var http = Client(host, address);
        var visitor = new Visitor(http);
        for (var i = 0; i < 5; i++)
        {
            var answer = await visitor.SignInAsync("acme", $"nobody{i}", "wrong");
            if ((await answer.Content.ReadAsStringAsync()).Contains("尝试次数过多", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    static HttpClient Client(WebApplicationFactory<Program> host, string address)
    {
        var http = host.CreateClient(new() { AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return http;
    }

    sealed class ComesFrom(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                context.Connection.RemoteIpAddress = address;
                return then(context);
            });
            next(app);
        };
    }
}
