using System.Net;
using TcCrm.Contents.Items;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

/// <summary>Content items at addresses of their own.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class ContentAddressTests(RecipeTenants tenants)
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task What_is_in_force_is_shown_at_its_address_to_those_who_may_see_it(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Page", "DisplayName": "Page", "Settings": { "ContentTypeSettings": { "Draftable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" },
              { "PartName": "AutoroutePart", "Name": "AutoroutePart" }, { "PartName": "HtmlBodyPart", "Name": "HtmlBodyPart" }, { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart" }, { "PartName": "Page", "Name": "Page" }] }],
              "ContentParts": [{ "Name": "Page", "ContentPartFieldDefinitionRecords": [{ "FieldName": "TextField", "Name": "Lead", "Settings": {} }] }] },
            { "name": "content", "Data": [
              { "ContentItemId": "hours", "ContentType": "Page", "DisplayText": "Opening hours", "TitlePart": { "Title": "Opening hours" }, "AutoroutePart": { "Path": "About/Öffnungszeiten", "SetHomepage": true }, "Page": { "Lead": { "Text": "<9-18>" } },
                "HtmlBodyPart": { "Html": "<p onclick='x()'>Mon<script>alert(1)</script></p><a href='javascript:x()'>y</a><form action='/sign-out'><button>go</button></form>" }, "MarkdownBodyPart": { "Markdown": "# Head\n<b>raw</b> [bad](javascript:x)" } },
              { "ContentItemId": "shadow", "ContentType": "Page", "DisplayText": "Shadow", "AutoroutePart": { "Path": "contents" } },
              { "ContentItemId": "draft", "ContentType": "Page", "DisplayText": "Draft", "Latest": true, "Published": false, "AutoroutePart": { "Path": "draft" } }] }
            """);
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        await tenant.Host.AddUserAsync(tenant.Name, "reader", "Readers", "View_Page");
        await tenant.Host.AddUserAsync(tenant.Name, "other", "Others", "View_Lead");
        using var reader = await tenant.Host.BrowserAsync(tenant.Name, "reader");
        var page = await reader.PageAsync("about/öffnungszeiten");
        Assert.Contains("<p>Mon</p>", page);
        Assert.Contains("<h1>Head</h1>", page);
        foreach (var bad in new[] { "onclick", "alert(1)", "javascript:", "<button>go" }) Assert.DoesNotContain(bad, page);
        Assert.Contains("<9-18>", page); // decoded: it is text

        using var boss = await tenant.Host.BrowserAsync(tenant.Name, "boss");
        Assert.Contains($"/t/{tenant.Name}/about/%C3%B6ffnungszeiten", await boss.PageAsync("contents/hours"));
        Assert.Contains("Filter the list", await boss.PageAsync("contents")); // the product's page, not the item that wants its address
        using var other = await tenant.Host.BrowserAsync(tenant.Name, "other");
        using var stranger = tenant.Host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri($"http://localhost/t/{tenant.Name}/") });
        foreach (var (who, at) in new[] { (other, "about/öffnungszeiten"), (stranger, "about/öffnungszeiten"), (reader, "draft"), (reader, "nothing"), (reader, "api/nothing") })
            Assert.Equal(HttpStatusCode.NotFound, (await who.GetAsync(at)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.PostAsync("about/öffnungszeiten", new FormUrlEncodedContent([]))).StatusCode);
        Assert.DoesNotContain("Mon", await boss.PageAsync("")); // not the start page

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("contents/hours", null, ("step", "publish"), ("c.AutoroutePart", "/hours/"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync("about/öffnungszeiten")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("HOURS")).StatusCode);

        var taken = await boss.SendFormAsync("contents/draft", null, ("step", "save"), ("c.AutoroutePart", "Hours"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Contains("value=\"Hours\"", await taken.TextAsync());
    }
}
