namespace TcCrm.Tests.Pages;

/// <summary>The frame of a page is kept once drawn; whoever comes next must see their own.</summary>
public sealed class FrameTests
{
    const string Token = """name="__RequestVerificationToken"[^>]*value="([^"]*)""";
    const string Current = """href="([^"]*)" aria-current="page""";

    [Fact]
    public async Task Shows_everybody_their_own_name_and_entries()
    {
        await using var host = await PagesHost.StartAsync();
        using var admin = await host.BrowserOfAsync("admin");
        using var staff = await host.BrowserOfAsync("staff");
        for (var round = 0; round < 2; round++)
        {
            var (mine, theirs) = (await admin.PageAsync("customers/customer"), await staff.PageAsync("customers/customer"));
            Assert.Contains(">Ada<", mine);
            Assert.Contains("/t/demo/features\"", mine);
            Assert.Contains("New contact", mine);
            Assert.Contains(">Sam<", theirs);
            Assert.DoesNotContain(">Ada<", theirs);
            Assert.DoesNotContain("/t/demo/features\"", theirs);
            Assert.DoesNotContain("New contact", theirs);
        }
    }

    [Fact]
    public async Task Carries_the_form_token_of_the_one_who_asks_alone()
    {
        await using var host = await PagesHost.StartAsync();
        using var first = await host.BrowserOfAsync("admin");
        using var second = await host.BrowserOfAsync("admin");
        var kept = Browsing.Find(await first.PageAsync("customers/customer"), Token).Distinct().Single();
        var own = Browsing.Find(await second.PageAsync("customers/customer"), Token).Distinct().Single();
        Assert.NotEqual(kept, own);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await PostAsync(second, own)).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await PostAsync(second, kept)).StatusCode);
    }

    [Fact]
    public async Task Marks_the_entry_one_is_at_and_follows_language_and_preferences()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        using var chinese = await host.BrowserOfAsync("admin", "zh-CN");
        foreach (var at in new[] { "customers/customer", "features", "customers/customer" })
            Assert.Equal(["/t/demo/" + at], Browsing.Find(await browser.PageAsync(at), Current).Distinct());
        Assert.Contains(">Dark<", await browser.PageAsync("features"));
        Assert.Contains(">深色<", await chinese.PageAsync("features"));
        await browser.SendFormAsync("features", "preferences", ("theme", "dark"));
        Assert.Contains("""value="dark" aria-pressed="true""", await browser.PageAsync("features"));
        Assert.Contains("""value="dark" aria-pressed="false""", await chinese.PageAsync("features"));
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient browser, string token) =>
        browser.PostAsync("preferences", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("theme", "dark")]));
}
