using System.Net;

namespace TcCrm.Tests.Pages;

public sealed class RecordListTests
{
    const string List = "customers/customer";
    const string RowTitle = """class="b5 clip nm" href="[^"]*">([^<]*)<""";

    [Fact]
    public async Task Leads_forward_through_every_page_and_back_again()
    {
        await using var host = await PagesHost.StartAsync();
        for (var i = 1; i <= 60; i++) await host.AddAsync("customers.customer", ("Name", $"Firm {i:00}"));
        using var browser = await host.BrowserOfAsync("admin");
        var pages = new List<IReadOnlyList<string>>();
        string? next = List + "?sort=Name";
        var page = "";
        while (next is not null)
        {
            page = await browser.PageAsync(next);
            pages.Add(Browsing.Find(page, RowTitle));
            next = Browsing.Find(page, """rel="next"[^>]*hx-get="([^"]*)""") is [var more, ..] ? more : null;
        }
        Assert.Equal([25, 25, 10], pages.Select(p => p.Count));
        Assert.Equal(Enumerable.Range(1, 60).Select(i => $"Firm {i:00}"), pages.SelectMany(p => p));
        for (var at = 1; at >= 0; at--)
        {
            page = await browser.PageAsync(Browsing.Find(page, """rel="prev"[^>]*hx-get="([^"]*)""").Single());
            Assert.Equal(pages[at], Browsing.Find(page, RowTitle));
        }
    }

    [Fact]
    public async Task Turns_what_the_filter_bar_sends_into_an_address_that_can_be_shared()
    {
        await using var host = await PagesHost.StartAsync();
        await host.AddAsync("customers.customer", ("Name", "Inside"), ("Region", "330106"));
        await host.AddAsync("customers.customer", ("Name", "Outside"), ("Region", "110101"));
        using var browser = await host.BrowserOfAsync("admin");
        var editor = await browser.PageAsync(List + "?add=Region");
        Assert.Contains("""<option value="starts">is within</option>""", editor);
        var answer = await browser.GetAsync(List + "?field=Region&op=starts&value.text=" + Uri.EscapeDataString("浙江"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await browser.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.Equal(["Inside"], Browsing.Find(page, RowTitle));
        Assert.Contains("Region is within <b>浙江</b>", page);
        var without = await browser.GetAsync(answer.Headers.Location + "&without=" + Uri.EscapeDataString("Region:starts:33"));
        Assert.Equal("/t/demo/customers/customer", without.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_filter_gets_alternatives_and_loses_them_one_by_one()
    {
        await using var host = await PagesHost.StartAsync();
        foreach (var (name, kind) in new[] { ("Dealer one", "Dealer"), ("Farm", "Farm"), ("Person", "Person") }) await host.AddAsync("customers.customer", ("Name", name), ("Kind", kind));
        using var browser = await host.BrowserOfAsync("admin");
        var one = Uri.EscapeDataString("Kind:eq:Dealer");
        var choosing = await browser.PageAsync($"{List}?filter={one}&or={one}");
        Assert.Contains("""<select class="tc-input" name="add" """, choosing);
        Assert.Contains("name=\"or\" value=\"Kind:eq:Dealer\"", await browser.PageAsync($"{List}?filter={one}&or={one}&add=Birthday"));
        var answer = await browser.GetAsync($"{List}?sort=Name&filter={one}&or={one}&field=Kind&op=eq&value=Person");
        var either = answer.Headers.Location!.OriginalString;
        var page = await browser.PageAsync(either);
        Assert.Equal(["Dealer one", "Person"], Browsing.Find(page, RowTitle));
        var without = await browser.GetAsync($"{either}&without={Uri.EscapeDataString(Browsing.Find(page, "name=\"without\" value=\"([^\"]*)")[0])}");
        Assert.Equal(["Person"], Browsing.Find(await browser.PageAsync(without.Headers.Location!.OriginalString), RowTitle));
        var period = await browser.GetAsync($"{List}?field=Birthday&op={Uri.EscapeDataString("within:today")}");
        Assert.Contains("is in: today", await browser.PageAsync(period.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("filter=Birthday:within:soon", "There is no period 'soon'.")]
    [InlineData("filter=nope:eq:1", "There is no field 'nope'.")]
    [InlineData("filter=Birthday:eq:soon", "'soon' is not a value of the field 'birthday'.")]
    [InlineData("sort=Tags", "There is no field 'Tags' to sort by.")]
    [InlineData("size=0", "The size of a page is a number from 1 to 200.")]
    public async Task Says_what_is_wrong_with_an_address(string query, string message)
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var answer = await browser.GetAsync($"{List}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, await answer.TextAsync());
    }

    [Fact]
    public async Task Answers_htmx_with_the_list_alone_and_its_clean_address()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        using var request = new HttpRequestMessage(HttpMethod.Get, List + "?q=&sort=Name&field=&op=") { Headers = { { "HX-Request", "true" } } };
        var answer = await browser.SendAsync(request);
        Assert.DoesNotContain("<html", await answer.TextAsync());
        Assert.Equal("/t/demo/customers/customer?sort=Name", answer.Headers.GetValues("HX-Push-Url").Single());
        Assert.Contains("HX-Request", answer.Headers.Vary);
    }

    [Fact]
    public async Task Shows_each_user_only_what_they_may_do()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var staff = await host.BrowserOfAsync("staff");
        var page = await staff.PageAsync(List);
        Assert.Contains("/customers/customer/new", page);
        Assert.DoesNotContain("/customers/customer/import", page);
        Assert.DoesNotContain("/customers/customer/bin", page);
        Assert.DoesNotContain("tc-bulk", page);
        Assert.DoesNotContain("/customers/contact", page);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.GetAsync(List + "/bin")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("customers/contact")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.SendFormAsync($"{List}/{id}/edit", $"{List}/{id}?handler=Delete")).StatusCode);
        using var guest = await host.BrowserOfAsync("guest");
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync(List)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"options/customers.contact/CustomerId?x.text=Firm")).StatusCode);
        using var nobody = await host.BrowserOfAsync("");
        Assert.Contains("/t/demo/sign-in", (await nobody.GetAsync(List)).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Counts_in_a_request_of_its_own()
    {
        await using var host = await PagesHost.StartAsync();
        foreach (var name in new[] { "Firm A", "Firm B", "Shop" }) await host.AddAsync("customers.customer", ("Name", name));
        using var browser = await host.BrowserOfAsync("admin");
        Assert.Equal("3 records", await browser.GetStringAsync(List + "?handler=Count"));
        Assert.Equal("2 records", await browser.GetStringAsync(List + "?q=firm&handler=Count"));
    }
}
