using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Definitions;

/// <summary>A company calls the fields of a module otherwise.</summary>
public sealed partial class TypeWordsTests
{
    const string Page = "types/customers.customer/words";
    const string Name = "customers.customer.Name";

    [Fact]
    public async Task Own_words_stand_on_every_screen_until_they_are_taken_back()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(Page, null, ($"English[{Name}]", "Shop sign"), ($"Chinese[{Name}]", "招牌"), ($"English[{Name}.hint]", "As it stands above the door"), ("English[CustomerKind.Person]", "Private buyer"), ("Version", await VersionAsync(boss)))).StatusCode);
        var form = await boss.PageAsync("customers/customer/new");
        foreach (var words in new[] { "Shop sign", "As it stands above the door", "Private buyer" }) Assert.Contains(words, form, StringComparison.Ordinal);
        Assert.Contains("Shop sign", await boss.PageAsync("customers/customer"), StringComparison.Ordinal);
        Assert.Contains("value=\"招牌\"", WebUtility.HtmlDecode(await boss.PageAsync(Page)), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(Page, null, ("Version", await VersionAsync(boss)))).StatusCode);
        Assert.DoesNotContain("Shop sign", await boss.PageAsync("customers/customer/new"), StringComparison.Ordinal);
        Assert.Equal(2, await host.InAsync(s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().CountAsync(a => a.Action == "TypeWordsChanged" && a.RecordType == "customers.customer")));
    }

    [Fact]
    public async Task Bad_words_and_stale_pages_are_refused_and_what_was_typed_stays()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        using var clerk = await host.BrowserOfAsync("staff");
        var version = await VersionAsync(boss);

        var wrong = await boss.SendFormAsync(Page, null, ($"English[{Name}]", "Shop {0}"), ($"Chinese[{Name}]", new string('长', 61)), ("Version", version));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var text = WebUtility.HtmlDecode(await wrong.TextAsync());
        foreach (var said in new[] { "'{0}' stands for nothing in this text.", "60 characters at most", "value=\"Shop {0}\"", "href=\"#customers_customer_Name_en\"", "id=\"customers_customer_Name_en\"" }) Assert.Contains(said, text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(Page, null, ($"English[{Name}]", "First"), ("Version", version))).StatusCode);
        var stale = await boss.SendFormAsync(Page, null, ($"English[{Name}]", "Second"), ("Version", version));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("value=\"Second\"", await stale.TextAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync(Page)).StatusCode);
        foreach (var nothing in new[] { "types/no.such/words", "types/customers/words" }) Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync(nothing)).StatusCode);
    }

    static async Task<string> VersionAsync(HttpClient browser) => Version().Match(await browser.PageAsync(Page)).Groups[1].Value;

    [GeneratedRegex("name=\"Version\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Version();
}
