using System.Net;
using TcCrm.Platform.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Tests.Pages;

public sealed class RecordPageTests
{
    const string List = "customers/customer";

    [Fact]
    public async Task Tells_the_history_in_names_and_the_language_of_the_reader()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var staff = await host.BrowserOfAsync("staff");
        await staff.SendFormAsync($"{List}/{id}/edit", null, ("f.Kind", "Dealer"), ("f.OwnerId.text", "Ada"));
        using var browser = await host.BrowserOfAsync("admin", "zh-CN");
        var page = await browser.PageAsync($"{List}/C-000001");
        Assert.Contains("<b>Sam</b>修改了记录", page);
        Assert.Contains("<del>企业</del>", page);
        Assert.Contains("<ins>经销商</ins>", page);
        Assert.Contains("<ins>Ada</ins>", page);
        Assert.Contains("<b>系统</b>创建了记录", page);
    }

    [Fact]
    public async Task Deletes_into_the_recycle_bin_and_takes_back()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var browser = await host.BrowserOfAsync("admin");
        var gone = await browser.SendFormAsync($"{List}/{id}", $"{List}/{id}?handler=Delete", ("version", "1"));
        Assert.Equal("/t/demo/customers/customer", gone.Headers.Location!.OriginalString);
        var list = await browser.PageAsync(List);
        Assert.Contains($"/customers/customer/bin?handler=Restore&id={id}", list);
        Assert.Contains("Nothing here yet", list);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{List}/{id}")).StatusCode);
        Assert.Contains("Deleted by Ada", await browser.PageAsync(List + "/bin"));
        await browser.SendFormAsync(List + "/bin", $"{List}/bin?handler=Restore&id={id}");
        Assert.Contains("Firm", await browser.PageAsync($"{List}/{id}"));
        Assert.Contains("The recycle bin is empty", await browser.PageAsync(List + "/bin"));
    }

    [Fact]
    public async Task Does_not_delete_what_somebody_else_has_changed()
    {
        await using var host = await PagesHost.StartAsync();
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var browser = await host.BrowserOfAsync("admin");
        await browser.SendFormAsync($"{List}/{id}/edit", null, ("f.City", "Wuhan"));
        var answer = await browser.SendFormAsync($"{List}/{id}", $"{List}/{id}?handler=Delete", ("version", "1"));
        Assert.Contains("Look at it before you delete it.", await browser.PageAsync(answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Deletes_the_selected_rows_and_leaves_the_others()
    {
        await using var host = await PagesHost.StartAsync();
        var one = await host.AddAsync("customers.customer", ("Name", "One"));
        var two = await host.AddAsync("customers.customer", ("Name", "Two"));
        await host.AddAsync("customers.customer", ("Name", "Three"));
        using var browser = await host.BrowserOfAsync("admin");
        await browser.SendFormAsync(List, List + "?handler=Delete", ("id", one.ToString()), ("id", two.ToString()));
        Assert.Equal("1 record", await browser.GetStringAsync(List + "?handler=Count"));
    }

    [Fact]
    public async Task Uses_the_header_that_a_module_brings_and_the_list_that_it_has_itself()
    {
        await using var host = await PagesHost.StartAsync(PagesHost.Fixture);
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var browser = await host.BrowserOfAsync("admin");
        Assert.Contains("<header data-own-header>Firm</header>", await browser.PageAsync($"{List}/{id}"));
        Assert.Contains("own list", await browser.PageAsync("fixture/widget"));
        Assert.Contains("New widget", await browser.PageAsync("fixture/widget/new"));
    }

    [Fact]
    public async Task Shows_a_slot_only_to_whom_its_permission_allows()
    {
        await using var host = await PagesHost.StartAsync(PagesHost.Fixture);
        var id = await host.AddAsync("customers.customer", ("Name", "Firm"));
        using var admin = await host.BrowserOfAsync("admin");
        using var staff = await host.BrowserOfAsync("staff");
        Assert.Equal(2, Browsing.Find(await admin.PageAsync($"{List}/{id}"), "data-slot=\"([^\"]*)").Count);
        Assert.Equal([id.ToString()], Browsing.Find(await staff.PageAsync($"{List}/{id}"), "data-slot=\"([^\"]*)"));
    }
}
