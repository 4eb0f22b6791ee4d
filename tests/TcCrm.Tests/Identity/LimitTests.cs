using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Identity;

public sealed class LimitTests
{
    [Fact]
    public async Task Too_many_tries_are_told_how_long_to_wait_and_what_to_do_behind_a_proxy()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await using var strict = With(host, "TcCrm:SignIn:TriesPerAddress", "2");
        var visitor = At(strict);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SignInAsync("acme", $"nobody{i}", "wrong")).StatusCode);

        var refused = await visitor.SignInAsync("acme", "clerk", Company.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 300);
        Assert.DoesNotContain("TcCrm:Proxies", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        Assert.Contains("TcCrm:Proxies", await (await visitor.SignInAsync("acme", "clerk", Company.Password)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/t/acme/account"));
    }

    [Fact]
    public async Task Mails_with_a_link_are_sent_to_one_name_so_often_and_no_more()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await using var strict = With(host, "TcCrm:SignIn:MailsPerName", "1");
        var visitor = At(strict);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            [await ForgotAsync(visitor, "clerk"), await ForgotAsync(visitor, "CLERK"), await ForgotAsync(visitor, "chief")]);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Two_nodes_count_tries_and_mails_together(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        await using var first = With(host, "TcCrm:SignIn:TriesPerName", "4");
        await using var second = With(host, "TcCrm:SignIn:TriesPerName", "4");
        var nodes = new[] { At(first), At(second) };

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) answers.Add((await nodes[i % 2].SignInAsync("acme", "Nobody", "wrong")).StatusCode);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.UnprocessableEntity, 4), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)], answers);
        var counts = new[] { first, second }.Select(n => n.Services.GetRequiredService<TryCounts>()).ToArray();
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => counts[i % 2].TakeAsync("many", 10, TimeSpan.FromDays(3650), default)));
        Assert.Equal(10, taken.Count(wait => wait is null));
        for (var i = 1; i <= 4; i++) Assert.Equal(i, await counts[i % 2].NextAsync("who", TimeSpan.FromHours(1), default));
    }

    [Fact]
    public async Task Tries_are_free_again_bit_by_bit_and_what_is_over_goes()
    {
        var clock = new Clock { Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero) };
        await using var host = await TestHost.StartAsync();
        var counts = new TryCounts(host.Services.GetRequiredService<HostDatabase>(), clock);
        Task<TimeSpan?> TakeAsync() => counts.TakeAsync("who", 10, TimeSpan.FromMinutes(5), default);
        async Task<int> TakenAsync(int wanted) => (await Task.WhenAll(Enumerable.Range(0, wanted).Select(_ => TakeAsync()))).Count(wait => wait is null);

        clock.Now += (TimeSpan.FromMinutes(4));
        Assert.Equal(10, await TakenAsync(12));
        clock.Now += ((await TakeAsync())!.Value);
        Assert.Equal(1, await TakenAsync(3));
        clock.Now += (TimeSpan.FromMinutes(2));
        Assert.InRange(await TakenAsync(12), 2, 5);
        clock.Now += (TimeSpan.FromMinutes(20));
        Assert.Equal(10, await TakenAsync(12));
        clock.Now += (TimeSpan.FromMinutes(20));
        await counts.TakeAsync("another", 1, TimeSpan.FromMinutes(5), default);
        Assert.Single(await host.Services.GetRequiredService<HostDatabase>().QueryAsync("SELECT name FROM try_count", r => r.GetString(0), default));
    }

    [Theory, InlineData("TcCrm:Api:RequestsPerUser", true), InlineData("TcCrm:Api:RequestsPerTenant", false)]
    public async Task The_API_takes_so_many_requests_a_minute(string limit, bool othersGoOn)
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var keys = await host.InAsync("acme", async s => new[] { await s.GetRequiredService<ApiKeys>().CreateAsync(new("clerk", "a", null), default), await s.GetRequiredService<ApiKeys>().CreateAsync(new("chief", "b", null), default) });
        await using var strict = With(host, limit, "2");
        using var clerk = Client(strict, keys[0]);
        using var chief = Client(strict, keys[1]);

        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync("/t/acme/api/v1/me")).StatusCode);
        var refused = await clerk.GetAsync("/t/acme/api/v1/me");
        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(othersGoOn ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, (await chief.GetAsync("/t/acme/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task Whoever_tries_keys_is_slowed_down_by_address()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await using var strict = With(host, "TcCrm:Api:RequestsPerAddress", "2");
        using var guesser = Client(strict, new(Guid.CreateVersion7(), ApiKeyToken.NewSecret()));

        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.GetAsync("/t/acme/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guesser.GetAsync("/t/acme/api/v1/me")).StatusCode);
    }

    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }

    static WebApplicationFactory<Program> With(TestHost host, string key, string value) => host.WithWebHostBuilder(web => web.UseSetting(key, value));

    static Visitor At(WebApplicationFactory<Program> host) => new(host.CreateClient(new() { AllowAutoRedirect = false }));

    static async Task<HttpStatusCode> ForgotAsync(Visitor visitor, string name) => (await visitor.PostAsync("/t/acme/account/forgot", [("Name", name)])).StatusCode;

    static HttpClient Client(WebApplicationFactory<Program> host, ApiKeyToken key)
    {
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key.ToString());
        return http;
    }
}
