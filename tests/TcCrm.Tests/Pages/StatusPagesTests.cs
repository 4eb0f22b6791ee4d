using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

public sealed class StatusPagesTests
{
    [Fact]
    public async Task What_is_not_there_has_a_page_in_the_language_of_the_reader()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin", "zh-CN");
        var answer = await browser.GetAsync("nothing/here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await answer.TextAsync();
        Assert.Contains("没有找到这个页面", page);
        Assert.Contains("tc-side", page);
        using var nobody = await host.BrowserOfAsync("");
        var outside = await (await nobody.GetAsync("nothing/here")).TextAsync();
        Assert.Contains("There is nothing at this address", outside);
        Assert.DoesNotContain("tc-side", outside);
    }

    [Fact]
    public async Task What_is_forbidden_says_so()
    {
        await using var host = await PagesHost.StartAsync();
        using var staff = await host.BrowserOfAsync("staff");
        var answer = await staff.GetAsync("settings");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("You do not have access to this page", await answer.TextAsync());
    }

    [Fact]
    public async Task Programs_get_problem_details()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var answer = await browser.GetAsync("api/nothing/here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(404, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }

    [Fact]
    public async Task A_tenant_that_is_stopped_says_when_to_come_back()
    {
        await using var host = await PagesHost.StartAsync();
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        await registry.SaveAsync(registry.Find("demo")! with { State = TenantState.Disabled }, default);
        using var browser = await host.BrowserOfAsync("");
        var answer = await browser.GetAsync("customers/customer");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("30", answer.Headers.RetryAfter!.ToString());
        Assert.Contains("Not available right now", await answer.TextAsync());
    }
}
