using System.Net;
using System.Text.Json;

namespace TcCrm.Tests.Pages;

public sealed class AdministrationPagesTests
{
    [Fact]
    public async Task Settings_count_from_the_next_request_on()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var saved = await browser.SendFormAsync("settings", null, ("SiteName", "Spruce"), ("Language", "en"), ("TimeZoneId", "Europe/Berlin"), ("Currency", "eur"), ("PhoneRegion", "de"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await browser.PageAsync("settings");
        Assert.Contains("Settings saved", page);
        Assert.Contains("Spruce · TC-CRM", page);
        Assert.Contains("value=\"EUR\"", page);
        var form = await browser.PageAsync("customers/customer/new");
        Assert.Contains("name=\"f.CreditLimit.currency\" value=\"EUR\"", form);
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_at_their_fields()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var refused = await (await browser.SendFormAsync("settings", null, ("SiteName", " "), ("Language", "xx"), ("TimeZoneId", "Mars/Olympus"), ("Currency", "EURO"), ("PhoneRegion", "Q1"))).TextAsync();
        Assert.Contains("Please correct these 5 things", refused);
        Assert.Contains("value=\"EURO\"", refused);
    }

    [Fact]
    public async Task A_number_rule_counts_for_the_next_record()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        Assert.Equal("KD-0042", await browser.GetStringAsync("settings/numbers?handler=Example&pattern=" + Uri.EscapeDataString("KD-{seq:4}")));
        var refused = await (await browser.SendFormAsync("settings/numbers", null, ("type", "customers.customer"), ("pattern", "KD-{sequence}"), ("reset", "Never"))).TextAsync();
        Assert.Contains("A number pattern needs {seq} exactly once", refused);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("settings/numbers", null, ("type", "customers.customer"), ("pattern", "KD-{seq:4}"), ("reset", "Year"), ("isGapFree", "true"))).StatusCode);
        var made = await browser.SendFormAsync("customers/customer/new", null, ("f.Name", "Firm"));
        Assert.EndsWith("/KD-0001", made.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_palette_finds_records_that_the_user_may_see()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Spruce Trading"));
        await host.AddAsync("customers.contact", ("Name", "Spruce Contact"), ("CustomerId", id.ToString()));
        using var admin = await host.BrowserOfAsync("admin");
        using var staff = await host.BrowserOfAsync("staff");
        Assert.Equal(["Spruce Trading", "Spruce Contact"], await LabelsAsync(admin, "spruce"));
        Assert.Equal(["Spruce Trading"], await LabelsAsync(staff, "spruce"));
        Assert.Empty(await LabelsAsync(admin, ""));
    }

    [Fact]
    public async Task Home_shows_what_there_is()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        await browser.SendFormAsync("customers/customer/new", null, ("f.Name", "Spruce"));
        var page = await browser.PageAsync("");
        Assert.Contains(", Ada</h1>", page);
        Assert.Contains("<p class=\"v\">1</p>", page);
        Assert.Equal(2, Browsing.Find(page, "(/t/demo/customers/customer/C-000001)").Count);
    }

    static async Task<IEnumerable<string>> LabelsAsync(HttpClient browser, string words) =>
        JsonDocument.Parse(await browser.GetStringAsync("palette?q=" + words)).RootElement.EnumerateArray().Select(e => e.GetProperty("label").GetString()!).ToList();
}
