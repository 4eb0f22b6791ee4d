using System.Net;
using TcCrm.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Pages;

public sealed class RecordFormTests
{
    const string List = "customers/customer";

    [Fact]
    public async Task Makes_one_record_however_often_the_form_is_sent()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var token = Guid.CreateVersion7().ToString();
        var first = await browser.SendFormAsync(List + "/new", null, ("f.Name", "Firm"), ("token", token));
        var second = await browser.SendFormAsync(List + "/new", null, ("f.Name", "Firm"), ("token", token));
        Assert.Equal("/t/demo/customers/customer/C-000001", first.Headers.Location!.OriginalString);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal("1 record", await browser.GetStringAsync(List + "?handler=Count"));
        Assert.Contains("Firm saved", await browser.PageAsync(first.Headers.Location.OriginalString));
    }

    [Fact]
    public async Task Refuses_with_every_problem_and_what_was_typed()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin", "zh-CN");
        browser.DefaultRequestHeaders.Add("HX-Request", "true");
        var answer = await browser.SendFormAsync(List + "/new", null, ("f.Name", ""), ("f.Phone", "12 Rose Lane"), ("f.CreditCode", "91330"), ("f.CreditLimit", "much"), ("f.CreditLimit.currency", "CNY"));
        var form = await answer.TextAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain("<html", form);
        Assert.Contains("请更正以下 4 处", form);
        Assert.Contains("value=\"12 Rose Lane\"", form);
        Assert.Contains("value=\"much\"", form);
        Assert.Contains("客户名称 · 请填写此字段。", form);
        Assert.Contains("href=\"#f_Phone\"", form);
    }

    [Fact]
    public async Task Reads_every_kind_of_field_from_a_plain_form()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        await host.AddAsync("customers.customer", ("Name", "Alpha Works"));
        var saved = await browser.SendFormAsync("customers/contact/new", null, ("f.CustomerId.text", "Alpha Works"), ("f.Name", "Lee"), ("f.IsMain", "true"), ("f.PreferredChannels", "Phone"), ("f.Birthday", "2001-02-03"), ("f.Hobbies", "go, tea"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await browser.PageAsync(saved.Headers.Location!.OriginalString);
        Assert.Contains(">Alpha Works</a>", page);
        Assert.Contains("2001-02-03", page);
        Assert.Contains(">tea</span>", page);
        var customer = await browser.SendFormAsync(List + "/new", null, ("f.Name", "Beta"), ("f.CreditLimit", "1200.5"), ("f.CreditLimit.currency", "usd"), ("f.Region.text", "杭州西湖"), ("f.OwnerId.text", "Sam"));
        page = await browser.PageAsync(customer.Headers.Location!.OriginalString);
        Assert.Contains("1,200.50 USD", page);
        Assert.Contains("浙江省 / 杭州市 / 西湖区", page);
        Assert.Contains("Sam", page);
    }

    [Fact]
    public async Task Asks_which_record_is_meant_when_several_fit()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var north = await host.AddAsync("customers.customer", ("Name", "Alpha North"));
        await host.AddAsync("customers.customer", ("Name", "Alpha South"));
        var asked = await (await browser.SendFormAsync("customers/contact/new", null, ("f.CustomerId.text", "Alpha"), ("f.Name", "Lee"))).TextAsync();
        Assert.Contains("Several records fit. Choose one of them.", asked);
        Assert.Contains($"""<option value="{north}">Alpha North""", asked);
        var chosen = await browser.SendFormAsync("customers/contact/new", null, ("f.CustomerId", north.ToString()), ("f.Name", "Lee"));
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
    }

    [Fact]
    public async Task Lets_each_field_be_chosen_when_somebody_else_was_faster()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"), ("City", "Wuhan"), ("Industry", "Food"));
        using var mine = await host.BrowserOfAsync("admin");
        using var theirs = await host.BrowserOfAsync("staff");
        var href = $"{List}/{id}/edit";
        Assert.Equal(HttpStatusCode.Redirect, (await theirs.SendFormAsync(href, null, ("f.City", "Beijing"), ("f.Source", "Fair"), ("version", "1"))).StatusCode);
        (string, string)[] typed = [("f.Name", "Firm"), ("f.City", "Shanghai"), ("f.Industry", "Feed"), ("f.Source", ""), ("version", "1")];
        var asked = await (await mine.SendFormAsync(href, null, typed)).TextAsync();
        Assert.Contains("Sam saved it at", asked);
        Assert.Contains("both changed it", asked);
        Assert.Contains("Beijing", asked);
        Assert.Contains("Shanghai", asked);
        Assert.Matches("""name="take.Source" value="theirs" checked""", asked);
        Assert.Matches("""name="take.Industry" value="mine" checked""", asked);
        Assert.DoesNotContain("take.Name", asked);
        var done = await mine.SendFormAsync(href, null, [.. typed.Where(t => t.Item1 != "version"), ("version", "2"), ("take.City", "mine"), ("take.Industry", "mine"), ("take.Source", "theirs")]);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal(("Shanghai", "Feed", "Fair", 3), await host.InAsync(async services =>
        {
            var type = services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"];
            var now = (await type.FindAsync(services.GetRequiredService<CrmDbContext>(), id, default))!;
            return (type.Find("City")!.Text(now), type.Find("Industry")!.Text(now), type.Find("Source")!.Text(now), now.Version);
        }));
    }

    [Fact]
    public async Task Takes_a_change_that_was_sent_twice_for_saved()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var browser = await host.BrowserOfAsync("admin");
        var href = $"{List}/{id}/edit";
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync(href, null, ("f.Name", "Firm 2"), ("version", "1"))).StatusCode);
    }

    [Fact]
    public async Task Refuses_a_form_without_the_token_against_forgery()
    {
        await using var host = await PagesHost.StartAsync();
        using var browser = await host.BrowserOfAsync("admin");
        var answer = await browser.PostAsync(List + "/new", new FormUrlEncodedContent([new("f.Name", "Forged")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This page has expired", await answer.TextAsync());
        Assert.Equal("0 records", await browser.GetStringAsync(List + "?handler=Count"));
    }
}
