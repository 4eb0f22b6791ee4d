using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Items;
using TcCrm.Tests.Identity;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

/// <summary>Items inside an item: the sections of a bag, the terms of a taxonomy.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class HeldItemsTests(RecipeTenants tenants)
{
    const string Bag = "c.Sections.ContentItems", Terms = "c.TaxonomyPart.Terms";
    const string Old = """{"ContentItemId":"4para","ContentType":"Paragraph","DisplayText":"Old","Paragraph":{"Text":{"Text":"Old"},"Size":{"Value":1.10},"Far":{"x":[1]}},"Stranger":{"y":2}}""";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Sections_are_added_filled_in_moved_and_removed_and_what_nobody_touched_stays(string engine)
    {
        var (tenant, browser) = await StartAsync(engine);
        var form = await browser.PageAsync("contents/page");
        Assert.Contains("name=\"c.Sections.ContentItems.4para.Paragraph.Text\" value=\"Old\"", form);
        Assert.Contains("Stranger", form);
        (string, string)[] typed = [(Bag, ""), (Bag, "4para|0|Paragraph"), ($"{Bag}.4para.Paragraph.Text", "Typed")];

        var added = await SendAsync(browser, "contents/page", "add:" + Bag + ":Quote", typed);
        Assert.Contains("value=\"Typed\"", added);
        var quote = Browsing.Find(added, """value="(\w+)\|0\|Quote" """.TrimEnd()).Single();
        Assert.Equal(Old, await SectionsAsync(tenant)); // nothing is stored by a step
        var moved = await SendAsync(browser, "contents/page", $"up:{Bag}:{quote}", [.. typed, (Bag, quote + "|0|Quote"), ($"{Bag}.{quote}.Quote.By", "Lu Xun")]);
        Assert.Equal([quote, "4para"], Browsing.Find(moved, """value="(\w+)\|0\|\w+" """.TrimEnd()));
        Assert.Contains("value=\"Lu Xun\"", moved);

        var refused = await browser.SendFormAsync("contents/page", null, [.. typed, ("step", "publish"), (Bag, quote + "|0|Quote"), ($"{Bag}.{quote}.Quote.By", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains($"href=\"#c_Sections_ContentItems_{quote}_Quote_By\"", await refused.TextAsync());

        var saved = await browser.SendFormAsync("contents/page", null, ("step", "publish"), (Bag, ""), (Bag, quote + "|0|Quote"), (Bag, "4para|0|Paragraph"), ($"{Bag}.{quote}.Quote.By", "Lu Xun"), ($"{Bag}.4para.Paragraph.Text", "Old"), ($"{Bag}.4para.Paragraph.Size", "1.10"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("""{"ContentItemId":"QUOTE","ContentType":"Quote","Quote":{"By":{"Text":"Lu Xun"}}},""".Replace("QUOTE", quote, StringComparison.Ordinal) + Old, await SectionsAsync(tenant));

        var dropped = await SendAsync(browser, "contents/page", $"drop:{Bag}:{quote}", [(Bag, quote + "|0|Quote"), (Bag, "4para|0|Paragraph")]);
        Assert.Equal(["4para"], Browsing.Find(dropped, """value="(\w+)\|0\|\w+" """.TrimEnd()));
        await browser.SendFormAsync("contents/page", null, ("step", "publish"), (Bag, ""), (Bag, "4para|0|Paragraph"), (Bag, "4forged|0|Page"));
        Assert.Equal(Old, await SectionsAsync(tenant));
        await browser.SendFormAsync("contents/page", null, ("step", "publish"), (Bag, ""));
        Assert.Equal("", await SectionsAsync(tenant));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Terms_make_a_tree_that_is_edited_and_chosen_from(string engine)
    {
        var (tenant, browser) = await StartAsync(engine);
        var fresh = await browser.PageAsync("contents/new?type=Taxonomy");
        var id = Browsing.Find(fresh, """name="id" value="([^"]+)" """.TrimEnd()).Single();
        (string, string)[] tree = [("id", id), ("c.TitlePart", "Places"), ("c.TaxonomyPart", "Term"), (Terms, "")];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SendFormAsync("contents/new?type=Taxonomy", null, ("id", id), ("step", "publish"), ("c.TitlePart", "Places"), ("c.TaxonomyPart", ""))).StatusCode);
        foreach (var (term, title) in new[] { ("asia", "Asia"), ("china", "China"), ("japan", "Japan"), ("europe", "Europe") }) tree = [.. tree, (Terms, term + "|0|"), ($"{Terms}.{term}.TitlePart", title)];
        var stepped = await SendAsync(browser, "contents/new?type=Taxonomy", $"in:{Terms}:china", tree);
        Assert.Contains("value=\"china|1|Term\"", stepped);
        tree = [.. tree.Select(v => v.Item2 is "china|0|" or "japan|0|" ? (v.Item1, v.Item2.Replace("|0|", "|1|", StringComparison.Ordinal)) : v)];
        var moved = await SendAsync(browser, "contents/new?type=Taxonomy", $"down:{Terms}:asia", tree);
        Assert.Equal(["europe", "asia", "china", "japan"], Browsing.Find(moved, """value="(\w+)\|\d\|Term" """.TrimEnd()));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("contents/new?type=Taxonomy", null, [.. tree, ("step", "publish")])).StatusCode);
        var part = (await ItemAsync(tenant, id))["TaxonomyPart"]!;
        var flat = part["Terms"]!.AsArray();
        Assert.Equal(["Asia", "Europe"], flat.Select(t => (string)t!["DisplayText"]!));
        Assert.Equal(["China", "Japan"], flat[0]!["Terms"]!.AsArray().Select(t => (string)t!["DisplayText"]!));
        Assert.Equal("""{"ContentItemId":"europe","ContentType":"Term","TermPart":{"TaxonomyContentItemId":"ID"},"TitlePart":{"Title":"Europe"},"DisplayText":"Europe"}""".Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal), flat[1]!.ToJsonString());
        Assert.Equal("Term", (string)part["TermContentType"]!);

        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [], "ContentParts": [{ "Name": "Page", "ContentPartFieldDefinitionRecords": [
            { "FieldName": "TaxonomyField", "Name": "Place", "Settings": { "TaxonomyFieldSettings": { "TaxonomyContentItemId": "ID", "Unique": true, "LeavesOnly": true } } },
            { "FieldName": "TaxonomyField", "Name": "Places", "Settings": { "ContentPartFieldSettings": { "Editor": "Tags" }, "TaxonomyFieldSettings": { "TaxonomyContentItemId": "ID" } } }] }] }
            """.Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal));
        var page = await browser.PageAsync("contents/page");
        Assert.Contains("<option value=\"asia\" disabled=\"disabled\">Asia<", page);
        Assert.Contains("type=\"checkbox\" name=\"c.Page.Places\" value=\"asia\"", page);
        Assert.Contains("Choose from the listed values.", await (await browser.SendFormAsync("contents/page", null, ("step", "draft"), ("c.Page.Place", "asia"))).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("contents/page", null, ("step", "draft"), ("c.Page.Place", "china"), ("c.Page.Places", ""), ("c.Page.Places", "asia"), ("c.Page.Places", "europe"))).StatusCode);
        Assert.Equal("""{"Place":{"TermContentItemIds":["china"],"TaxonomyContentItemId":"ID"},"Places":{"TermContentItemIds":["asia","europe"],"TaxonomyContentItemId":"ID","TagNames":["Asia","Europe"]}}""".Replace("\"ID\"", $"\"{id}\"", StringComparison.Ordinal), (await ItemAsync(tenant, "page"))["Page"]!.ToJsonString());

        await browser.SendFormAsync("contents/" + id, null, ("step", "publish"), (Terms, ""), (Terms, "europe|0|Term"), ($"{Terms}.europe.TitlePart", "Europa"));
        var gone = await browser.PageAsync("contents/page"); // a term that is chosen and gone stays chosen until somebody changes it
        Assert.Contains("<option value=\"china\" selected=\"selected\">No longer there<", gone);
        Assert.Contains("Europa", gone);
    }

    [Fact]
    public async Task A_form_with_many_terms_is_taken()
    {
        var (tenant, browser) = await StartAsync("sqlite");
        await tenant.SucceedAsync("""{ "name": "content", "Data": [{ "ContentItemId": "many", "ContentType": "Taxonomy", "DisplayText": "Many", "TaxonomyPart": { "TermContentType": "Term" } }] }""");
        (string, string)[] terms = [.. Enumerable.Range(0, 1_500).SelectMany(i => new[] { (Terms, $"t{i}|{i % 2}|Term"), ($"{Terms}.t{i}.TitlePart", $"Term {i}") })];
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("contents/many", null, [("step", "publish"), .. terms])).StatusCode);
        Assert.Equal(750, (await ItemAsync(tenant, "many"))["TaxonomyPart"]!["Terms"]!.AsArray().Count);
    }

    async Task<(RecipeTenant Tenant, HttpClient Browser)> StartAsync(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [
              { "Name": "Page", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "Page", "Name": "Page" },
                { "PartName": "BagPart", "Name": "Sections", "Settings": { "BagPartSettings": { "ContainedContentTypes": ["Paragraph"], "ContainedStereotypes": ["Cited"] } } }] },
              { "Name": "Paragraph", "DisplayName": "Paragraph", "ContentTypePartDefinitionRecords": [{ "PartName": "Paragraph", "Name": "Paragraph" }] },
              { "Name": "Quote", "Settings": { "ContentTypeSettings": { "Stereotype": "Cited" } }, "ContentTypePartDefinitionRecords": [{ "PartName": "Quote", "Name": "Quote" }] },
              { "Name": "Term", "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "TermPart", "Name": "TermPart" }] },
              { "Name": "Taxonomy", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "TaxonomyPart", "Name": "TaxonomyPart" }] }],
              "ContentParts": [{ "Name": "Paragraph", "ContentPartFieldDefinitionRecords": [{ "FieldName": "TextField", "Name": "Text" }, { "FieldName": "NumericField", "Name": "Size", "Settings": { "NumericFieldSettings": { "Scale": 2 } } }] },
                { "Name": "Quote", "ContentPartFieldDefinitionRecords": [{ "FieldName": "TextField", "Name": "By", "Settings": { "TextFieldSettings": { "Required": true } } }] }] },
            { "name": "content", "Data": [{ "ContentItemId": "page", "ContentType": "Page", "Sections": { "ContentItems": [OLD] } }] }
            """.Replace("OLD", Old, StringComparison.Ordinal));
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        return (tenant, await tenant.Host.BrowserAsync(tenant.Name, "boss"));
    }

    static async Task<string> SendAsync(HttpClient browser, string at, string step, (string, string)[] typed)
    {
        var answer = await browser.SendFormAsync(at, null, [.. typed, ("step", step)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.TextAsync();
    }

    static async Task<JsonObject> ItemAsync(RecipeTenant tenant, string id) => (await tenant.ReadAsync(db => db.Set<ContentItem>().SingleAsync(i => i.ContentItemId == id && i.Latest))).Read();

    static async Task<string> SectionsAsync(RecipeTenant tenant) => ContentJson.Write((await ItemAsync(tenant, "page"))["Sections"]!["ContentItems"]!)[1..^1];
}
