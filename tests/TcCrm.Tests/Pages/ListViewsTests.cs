using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Views;

namespace TcCrm.Tests.Pages;

/// <summary>Saved views and chosen columns, as a browser uses them.</summary>
public sealed class ListViewsTests
{
    const string List = "customers/customer";
    const string Views = List + "/views";
    const string RowTitle = """class="b5 clip nm" href="[^"]*">([^<]*)<""";

    [Fact]
    public async Task A_view_is_saved_opened_changed_and_removed()
    {
        await using var host = await StartAsync();
        using var browser = await host.BrowserOfAsync("staff");
        var saved = await browser.SendFormAsync(List, $"{List}?filter={Uri.EscapeDataString("Kind:eq:Dealer")}&sort=Name&handler=SaveView", ("name", "Dealers"));
        var address = saved.Headers.Location!.OriginalString;
        Assert.Matches("[?]view=[0-9a-f-]{36}$", address);
        var page = await browser.PageAsync(address);
        Assert.Equal(["Dealer A", "Dealer B"], Browsing.Find(page, RowTitle));
        Assert.Contains("aria-current=\"page\"", page.Split("Dealers")[0].Split("<a ")[^1], StringComparison.Ordinal);

        var sortedOtherwise = WebUtility.HtmlDecode(Browsing.Find(page, "href=\"([^\"]*sort=-Name[^\"]*)\"")[0]);
        Assert.Contains("own=1", sortedOtherwise, StringComparison.Ordinal);
        var changed = await browser.PageAsync(sortedOtherwise);
        Assert.Equal(["Dealer B", "Dealer A"], Browsing.Find(changed, RowTitle));
        Assert.Contains("Save the changes to Dealers", changed, StringComparison.Ordinal);
        Assert.Equal(address, (await browser.SendFormAsync(List, sortedOtherwise + "&handler=UpdateView")).Headers.Location!.OriginalString);
        Assert.Equal(["Dealer B", "Dealer A"], Browsing.Find(await browser.PageAsync(address), RowTitle));

        var id = address[^36..];
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync(Views, $"{Views}?handler=Remove&id={id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.SendFormAsync(Views, $"{Views}?handler=Remove&id={id}")).StatusCode);
        Assert.Equal(3, Browsing.Find(await browser.PageAsync(address), RowTitle).Count);
        Assert.Equal(["ViewSaved", "ViewSaved", "ViewRemoved"], await host.InAsync(s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(a => a.Action.StartsWith("View")).OrderBy(a => a.At).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task A_name_that_is_missing_or_taken_is_refused_and_the_typed_one_stays()
    {
        await using var host = await StartAsync();
        using var browser = await host.BrowserOfAsync("staff");
        foreach (var (name, said) in new[] { ("", "1 to 100 characters"), ("Mine", null), ("Mine", "There is a view") })
        {
            var answer = await browser.SendFormAsync(List, $"{List}?sort=Name&handler=SaveView", ("name", name));
            Assert.Equal(said is null ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            if (said is not null) Assert.Contains(said, await answer.TextAsync(), StringComparison.Ordinal);
            if (name.Length > 0 && said is not null) Assert.Contains("value=\"Mine\"", await answer.TextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Views_are_shared_by_those_who_may_with_the_roles_that_they_say()
    {
        await using var host = await StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        using var clerk = await host.BrowserOfAsync("staff");
        var shared = (await boss.SendFormAsync(List, $"{List}?filter={Uri.EscapeDataString("Kind:eq:Person")}&handler=SaveView", ("name", "People"), ("shared", "true"))).Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.SendFormAsync(List, $"{List}?sort=Name&handler=SaveView", ("name", "Ours"), ("shared", "true"))).StatusCode);
        Assert.Equal(["Person"], Browsing.Find(await clerk.PageAsync(shared), RowTitle));
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.SendFormAsync(Views, $"{Views}?handler=Save&id={shared[^36..]}", ("name", "Mine now"))).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(Views, $"{Views}?handler=Save&id={shared[^36..]}", ("name", "People"), ("isDefault", "true"))).StatusCode);
        Assert.Equal(["Person"], Browsing.Find(await clerk.PageAsync(List), RowTitle));
        Assert.Equal(HttpStatusCode.Redirect, (await clerk.SendFormAsync(Views, $"{Views}?handler=Begin", ("view", Guid.Empty.ToString()))).StatusCode);
        Assert.Equal(3, Browsing.Find(await clerk.PageAsync(List), RowTitle).Count);
        Assert.Equal(3, Browsing.Find(await boss.PageAsync(List + "?view=all"), RowTitle).Count);

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(Views, $"{Views}?handler=Save&id={shared[^36..]}", ("name", "People"), ("roles", "Administrator"))).StatusCode);
        Assert.DoesNotContain("People", await clerk.PageAsync(List), StringComparison.Ordinal);
        Assert.Equal(3, Browsing.Find(await clerk.PageAsync(shared), RowTitle).Count);
    }

    [Fact]
    public async Task What_a_view_says_of_fields_that_the_reader_does_not_have_is_left_out()
    {
        await using var host = await StartAsync();
        await host.InAsync(async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            db.Add(new SavedView { RecordType = "customers.customer", Name = "Stale", Filters = ["GoneField:eq:1", "no filter", "Kind:eq:Dealer"], Columns = ["GoneField", "City"], Sort = "GoneField", IsDefault = true });
            return await db.SaveChangesAsync();
        });
        using var browser = await host.BrowserOfAsync("staff");
        Assert.Equal(["Dealer A", "Dealer B"], Browsing.Find(await browser.PageAsync(List), RowTitle).Order());
        Assert.Equal(3, Browsing.Find(await browser.PageAsync(List + "?view=all"), RowTitle).Count);
        var bad = await browser.GetAsync(List + "?filter=GoneField:eq:1");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("href=\"/t/demo/customers/customer?view=all\"", await bad.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_chosen_in_order_and_remembered_and_come_back_as_they_were()
    {
        await using var host = await StartAsync();
        using var browser = await host.BrowserOfAsync("staff");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync(List, $"{List}?handler=Columns", ("cols", "City"), ("cols", "Kind"), ("cols", "NoSuchField"), ("step", "up:Kind"))).StatusCode);
        Assert.Equal(["Kind", "City"], await host.InAsync(s => s.GetRequiredService<CrmDbContext>().Set<ListChoice>().Select(c => c.Columns).SingleAsync()));
        using var later = await host.BrowserOfAsync("staff");
        Assert.Equal(2, Browsing.Find(await later.PageAsync(List + "?choose=columns"), "name=\"cols\" value=\"(Kind|City)\" checked").Count);
        Assert.Equal(2, Browsing.Find(await later.PageAsync(List + "?choose=columns"), "name=\"cols\" value=\"[A-Za-z]+\" (checked)").Count);
        await browser.SendFormAsync(List, $"{List}?handler=Columns", ("step", "reset"));
        Assert.True(Browsing.Find(await later.PageAsync(List + "?choose=columns"), "name=\"cols\" value=\"[A-Za-z]+\" (checked)").Count > 2);
    }

    static async Task<PagesHost> StartAsync()
    {
        var host = await PagesHost.StartAsync();
        foreach (var (name, kind) in new[] { ("Dealer A", "Dealer"), ("Dealer B", "Dealer"), ("Person", "Person") }) await host.AddAsync("customers.customer", ("Name", name), ("Kind", kind));
        return host;
    }
}
