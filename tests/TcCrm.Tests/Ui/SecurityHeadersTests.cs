using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/t/demo/page")]
    [InlineData("/nowhere")]
    public async Task Every_answer_has_the_strict_policy(string path)
    {
        await using var host = await KitHost.StartAsync(endpoints => endpoints.MapGet("/page", () => "page"));

        var answer = await host.Client.GetAsync(path);

        Assert.Equal(SecurityHeaders.Policy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains("payment=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Referrer-Policy"));
    }

    [Fact]
    public void The_policy_lets_nothing_run_inline() =>
        Assert.DoesNotContain("unsafe", SecurityHeaders.Policy, StringComparison.Ordinal);

    [Fact]
    public async Task One_endpoint_may_have_its_own_policy_with_a_fresh_nonce()
    {
        await using var host = await KitHost.StartAsync(endpoints => endpoints
            .MapGet("/docs", (HttpContext http) => CspNonce.Of(http))
            .WithMetadata(new ContentSecurityPolicyMetadata("script-src 'nonce-{nonce}'")));

        var first = await host.Client.GetAsync("/docs");
        var second = await host.Client.GetAsync("/docs");

        Assert.Equal($"script-src 'nonce-{await first.Content.ReadAsStringAsync()}'", Assert.Single(first.Headers.GetValues("Content-Security-Policy")));
        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }
}
