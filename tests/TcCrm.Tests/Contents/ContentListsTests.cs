using System.Net;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Items;
using TcCrm.Tests.Identity;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

/// <summary>Items that stand in the list of another one.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class ContentListsTests(RecipeTenants tenants)
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_list_shows_its_items_page_by_page_takes_new_ones_and_moves_them(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [
              { "Name": "Blog", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" },
                { "PartName": "ListPart", "Name": "ListPart", "Settings": { "ListPartSettings": { "ContainedContentTypes": ["Post"], "EnableOrdering": true, "PageSize": 3 } } }] },
              { "Name": "Post", "DisplayName": "Post", "Settings": { "ContentTypeSettings": { "Draftable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }] }], "ContentParts": [] },
            { "name": "content", "Data": [{ "ContentItemId": "blog", "ContentType": "Blog", "DisplayText": "News" },
              { "ContentItemId": "p1", "ContentType": "Post", "DisplayText": "One", "ContainedPart": { "ListContentItemId": "blog" } }, { "ContentItemId": "p2", "ContentType": "Post", "DisplayText": "Two", "ContainedPart": { "ListContentItemId": "blog" } }] }
            """);
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        using var boss = await tenant.Host.BrowserAsync(tenant.Name, "boss");
        var page = await boss.PageAsync("contents/blog");
        Assert.Contains($"/t/{tenant.Name}/contents/new?type=Post&list=blog", page);
        foreach (var title in new[] { "Three", "Four" })
        {
            var id = Browsing.Find(await boss.PageAsync("contents/new?type=Post&list=blog"), """name="id" value="([^"]+)" """.TrimEnd()).Single();
            Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("contents/new?type=Post&list=blog", null, ("id", id), ("step", "publish"), ("c.TitlePart", title))).StatusCode);
            Assert.Contains($"/t/{tenant.Name}/contents/blog\">News<", await boss.PageAsync("contents/" + id));
        }
        Assert.Equal(["One", "Two", "Three"], Titles(await boss.PageAsync("contents/blog")));
        var next = Browsing.Find(await boss.PageAsync("contents/blog"), """(\?after=[^"]+)" """.TrimEnd()).Single();
        Assert.Equal(["Four"], Titles(await boss.PageAsync("contents/blog" + next)));

        var version = await VersionAsync(tenant, "p1");
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("contents/blog", "contents/blog?handler=Move", ("item", "p1"), ("by", "1"))).StatusCode);
        Assert.Equal(["Two", "One", "Three"], Titles(await boss.PageAsync("contents/blog")));
        Assert.Equal(version, await VersionAsync(tenant, "p1"));
        Assert.Equal("""{"ListContentItemId":"blog","Order":1}""", (await tenant.ReadAsync(db => db.Set<ContentItem>().SingleAsync(i => i.ContentItemId == "p1"))).Read()["ContainedPart"]!.ToJsonString());

        await tenant.Host.AddUserAsync(tenant.Name, "guest", "Guests", ContentPermissions.ListContent, "View_Blog");
        using var guest = await tenant.Host.BrowserAsync(tenant.Name, "guest");
        var seen = await guest.PageAsync("contents/blog");
        Assert.Empty(Titles(seen));
        Assert.DoesNotContain("contents/new?type=Post", seen);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.SendFormAsync("contents/blog", "contents/blog?handler=Move", ("item", "p1"), ("by", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync("contents/new?type=Blog&list=blog")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync("contents/new?type=Post")).StatusCode); // not creatable by itself
    }

    static IReadOnlyList<string> Titles(string page) => Browsing.Find(page, """<th scope="row"><a class="tc-link"[^>]*>([^<]+)<""");

    static Task<string> VersionAsync(RecipeTenant tenant, string id) => tenant.ReadAsync(db => db.Set<ContentItem>().Where(i => i.ContentItemId == id && i.Latest).Select(i => i.ContentItemVersionId).SingleAsync());
}
