using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Items;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Tests.Identity;
using TcCrm.Tests.Pages;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

/// <summary>Content items as people list, fill in, publish and take back.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class ContentPagesTests(RecipeTenants tenants)
{
    const string Lead = "contents/4lead0000000000000000000aa";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_items_of_the_portable_sample_are_listed_edited_and_published(string engine)
    {
        var (tenant, browser) = await StartAsync(engine);
        var list = await browser.PageAsync("contents?type=Lead");
        Assert.Contains("Acme renewal", list);
        Assert.DoesNotContain("Acme Ltd", list);
        Assert.Contains("Acme Ltd", await browser.PageAsync("contents?q=acme l"));

        var form = await browser.PageAsync(Lead);
        Assert.Equal(["25000.5", "2026-12-31"], Browsing.Find(form, """name="c\.Lead\.(?:Amount|CloseDate)" value="([^"]*)" """.TrimEnd()));
        var account = Browsing.Find(form, """<option value="([^"]+)" selected="selected">Acme Ltd<""").Single();

        var before = (await ItemAsync(tenant, Lead)).Read();
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, Lead, "draft", ("c.TitlePart", "Acme renewed"), ("c.Lead.Amount", "31000.25"), ("c.Lead.Hot", ""))).StatusCode);
        Assert.Equal("Acme renewal", (await ItemAsync(tenant, Lead, published: true)).DisplayText);
        Assert.Contains("Newer draft", await browser.PageAsync(Lead));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, Lead, "publish")).StatusCode);

        var after = (await ItemAsync(tenant, Lead, published: true)).Read();
        Assert.Equal("Acme renewed", (string)after["TitlePart"]!["Title"]!);
        Assert.Equal($$$"""{"Amount":{"Value":31000.25},"CloseDate":{"Value":"2026-12-31T00:00:00Z"},"Hot":{"Value":false},"Account":{"ContentItemIds":["{{{account}}}"]}}""", after["Lead"]!.ToJsonString());
        Assert.Equal(before["CreatedUtc"]!.ToString(), after["CreatedUtc"]!.ToString());

        var fresh = await browser.PageAsync("contents/new?type=Account");
        var id = Browsing.Find(fresh, """name="id" value="([^"]+)" """.TrimEnd()).Single();
        for (var click = 0; click < 2; click++)
            Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync("contents/new?type=Account", null, ("id", id), ("step", "publish"), ("c.TitlePart", "Spruce"), ("c.Account.Industry", "retail"))).StatusCode);
        var made = (await ItemAsync(tenant, "contents/" + id)).Read();
        Assert.Equal(("Spruce", "boss", true), ((string)made["DisplayText"]!, (string)made["Author"]!, (bool)made["Published"]!));
        Assert.Equal("""{"Industry":{"Text":"retail"}}""", made["Account"]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        var (tenant, browser) = await StartAsync("sqlite");
        foreach (var (field, value, said) in new[]
        {
            ("c.TitlePart", "", "Fill in this field."),
            ("c.Lead.Amount", "", "Fill in this field."),
            ("c.Lead.Amount", "lots", "This is not a number"),
            ("c.Lead.Amount", "1.005", "2 places behind the point"),
            ("c.Lead.Amount", "-1", "The number must be 0 or more."),
            ("c.Lead.CloseDate", "31/12/2026", "This is not a date."),
            ("c.Lead.Account", "4lead0000000000000000000bb", "Choose from the listed values."),
        })
        {
            var answer = await SaveAsync(browser, Lead, "draft", (field, value), ("c.Lead.Hot", "true"));
            var page = await answer.TextAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{field} {value}: {answer.StatusCode}");
            Assert.True(page.Contains(said, StringComparison.Ordinal), $"{field} {value}: {said}");
            if (value.Length > 0 && field != "c.Lead.Account") Assert.Contains($"value=\"{value}\"", page);
        }
        Assert.Equal("Acme renewal", (await ItemAsync(tenant, Lead)).DisplayText);

        var version = (await ItemAsync(tenant, Lead)).ContentItemVersionId;
        await SaveAsync(browser, Lead, "publish", ("c.TitlePart", "By another"));
        var stale = await SaveAsync(browser, Lead, "publish", ("c.TitlePart", "Mine"), ("version", version));
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Contains("value=\"Mine\"", await stale.TextAsync());
        Assert.Equal("By another", (await ItemAsync(tenant, Lead)).DisplayText);
    }

    [Fact]
    public async Task A_version_goes_out_of_force_is_discarded_deleted_and_taken_back()
    {
        var (tenant, browser) = await StartAsync("sqlite");
        await SaveAsync(browser, Lead, "draft", ("c.TitlePart", "A draft"));
        var draft = (await ItemAsync(tenant, Lead)).ContentItemVersionId;
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SendFormAsync(Lead, Lead + "?handler=Discard", ("version", draft))).StatusCode);
        Assert.Equal(("Acme renewal", true, true), await StateAsync(tenant));

        await browser.SendFormAsync(Lead, Lead + "?handler=Unpublish");
        Assert.Equal(("Acme renewal", true, false), await StateAsync(tenant));
        await SaveAsync(browser, Lead, "publish", ("c.TitlePart", "Second"));
        await SaveAsync(browser, Lead, "publish", ("c.TitlePart", "Third"));
        await browser.SendFormAsync(Lead, Lead + "?handler=Delete");
        Assert.DoesNotContain("Third", await browser.PageAsync("contents"));
        var second = await tenant.ReadAsync(db => Task.FromResult(db.Set<ContentItem>().Single(i => i.DisplayText == "Second").ContentItemVersionId));
        await browser.SendFormAsync(Lead, Lead + "?handler=TakeBack", ("back", second));
        Assert.Equal(("Second", true, false), await StateAsync(tenant));
        Assert.Contains("Second", await browser.PageAsync("contents?state=draft"));
    }

    [Fact]
    public async Task The_admin_menu_of_a_recipe_leads_to_its_content_and_stays_as_it_was_written()
    {
        var (tenant, browser) = await StartAsync("sqlite");
        var home = await browser.PageAsync("contents");
        Assert.Contains($"/t/{tenant.Name}/contents?type=Lead", home);
        Assert.Contains(">Site<", home);
        using var stream = new MemoryStream();
        await tenant.Host.InAsync(tenant.Name, scope => scope.GetRequiredService<RecipeExporter>().WriteAsync(null, stream, default));
        var steps = JsonNode.Parse(stream.ToArray())!["steps"]!.AsArray();
        var written = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes", "portable-sample.recipe.json")))!["steps"]!.AsArray().Single(s => (string)s!["name"]! == "AdminMenu");
        Assert.Equal(written!.ToJsonString(), steps.Single(s => (string)s!["name"]! == "AdminMenu")!.ToJsonString());
        Assert.Null(steps.Single(s => (string)s!["name"]! == "settings")!["AdminMenu"]);

        await tenant.Host.AddUserAsync(tenant.Name, "guest", "Guests", ContentPermissions.ListContent);
        Assert.DoesNotContain("type=Lead", await (await BrowserAsync(tenant, "guest")).PageAsync("contents"));
    }

    [Fact]
    public async Task Pages_ask_for_rights_by_type()
    {
        var (tenant, _) = await StartAsync("sqlite");
        await tenant.Host.AddUserAsync(tenant.Name, "editor", "Lead editors", ContentPermissions.ListContent, "Edit_Lead");
        await tenant.Host.AddUserAsync(tenant.Name, "outsider", "Outsiders", "Edit_Lead");
        using var editor = await BrowserAsync(tenant, "editor");
        var list = await editor.PageAsync("contents");
        Assert.Contains("Acme renewal", list);
        Assert.DoesNotContain("Acme Ltd", list);
        var form = await editor.PageAsync(Lead);
        Assert.DoesNotContain("value=\"publish\"", form);
        Assert.DoesNotContain("Acme Ltd", form);
        Assert.Contains("Not visible to you", form);
        Assert.Equal(HttpStatusCode.Forbidden, (await SaveAsync(editor, Lead, "publish")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.SendFormAsync(Lead, Lead + "?handler=Delete")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("contents/new?type=Account")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("contents/nothing")).StatusCode);
        using var outsider = await BrowserAsync(tenant, "outsider");
        Assert.Equal(HttpStatusCode.Forbidden, (await outsider.GetAsync("contents")).StatusCode);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_alias_is_taken_once_and_a_draft_is_published_at_its_moment_by_who_may(string engine)
    {
        var (tenant, browser) = await StartAsync(engine);
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Page", "DisplayName": "Page", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true } },
              "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "AliasPart", "Name": "AliasPart" }, { "PartName": "PublishLaterPart", "Name": "PublishLaterPart" }] }], "ContentParts": [] },
            { "name": "content", "Data": [{ "ContentItemId": "first", "ContentType": "Page", "DisplayText": "First", "AliasPart": { "Alias": "50%_a\"b" } }, { "ContentItemId": "second", "ContentType": "Page", "DisplayText": "Second" }] }
            """);
        var taken = await SaveAsync(browser, "contents/second", "publish", ("c.TitlePart", "Typed"), ("c.AliasPart", "50%_a\"b"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        var page = await taken.TextAsync();
        Assert.Contains("The item 'First' has '50%_a\"b' already.", page);
        Assert.Contains("value=\"Typed\"", page);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, "contents/second", "publish", ("c.AliasPart", "50%1a"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, "contents/first", "publish", ("c.TitlePart", "First"))).StatusCode); // its own alias is no other's
        var earlier = (await ItemAsync(tenant, "contents/first")).ContentItemVersionId;
        await SaveAsync(browser, "contents/first", "publish", ("c.AliasPart", "other"));
        await SaveAsync(browser, "contents/second", "publish", ("c.AliasPart", "50%_a\"b"));
        await browser.SendFormAsync("contents/first", "contents/first?handler=TakeBack", ("back", earlier)); // taken meanwhile
        Assert.True((await ItemAsync(tenant, "contents/first")).Published);

        await tenant.Host.AddUserAsync(tenant.Name, "writer", "Writers", ContentPermissions.ListContent, "Edit_Page");
        using var writer = await BrowserAsync(tenant, "writer");
        foreach (var (who, title, isPublished) in new[] { (browser, "By the boss", true), (writer, "By the writer", false) })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(who, "contents/second", "draft", ("c.TitlePart", title), ("c.PublishLaterPart", "2020-01-01T08:00"))).StatusCode);
            for (var waited = 0; waited < 100 && await WaitingAsync(tenant); waited++)
            {
                tenant.Host.Services.GetRequiredService<JobSignal>().Raise(tenant.Name);
                await Task.Delay(100);
            }
            Assert.Equal(isPublished, (await ItemAsync(tenant, "contents/second")).Published);
            Assert.Equal("By the boss", (await ItemAsync(tenant, "contents/second", published: true)).DisplayText);
        }
    }

    static Task<bool> WaitingAsync(RecipeTenant tenant) => tenant.ReadAsync(db => db.Set<Job>().AnyAsync(j => j.Kind == "publish-content" && j.State < JobState.Done));

    [Fact]
    public async Task Rights_to_ones_own_items_reach_those_alone()
    {
        var (tenant, boss) = await StartAsync("sqlite");
        await tenant.Host.AddUserAsync(tenant.Name, "anna", "Own leads", ContentPermissions.ListContent, ContentPermissions.AccessApi, "PublishOwn_Lead", "DeleteOwnContent");
        using var anna = await BrowserAsync(tenant, "anna");
        Assert.DoesNotContain("Acme renewal", await anna.PageAsync("contents"));
        Assert.Equal(HttpStatusCode.NotFound, (await anna.GetAsync(Lead)).StatusCode);
        var id = Browsing.Find(await anna.PageAsync("contents/new?type=Lead"), """name="id" value="([^"]+)" """.TrimEnd()).Single();
        Assert.Equal(HttpStatusCode.Redirect, (await anna.SendFormAsync("contents/new?type=Lead", null, ("id", id), ("step", "publish"), ("c.TitlePart", "Anna's"), ("c.Lead.Amount", "1"))).StatusCode);
        Assert.Contains("Anna's", await anna.PageAsync("contents"));
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(anna, "contents/" + id, "publish", ("c.Lead.Amount", "2"))).StatusCode);
        using var api = await tenant.Host.ApiClientAsync(tenant.Name, "anna");
        Assert.Equal([id], JsonNode.Parse(await api.GetStringAsync("api/content?latest=true"))!["items"]!.AsArray().Select(i => (string)i!["ContentItemId"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("api/content/4lead0000000000000000000aa")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.PostAsync("api/content", new StringContent("""{ "ContentItemId": "4lead0000000000000000000aa", "TitlePart": { "Title": "Mine" } }""", System.Text.Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.DeleteAsync("api/content/4lead0000000000000000000aa")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.DeleteAsync("api/content/" + id)).StatusCode);
        Assert.Contains("Acme renewal", await boss.PageAsync("contents"));
    }

    [Fact]
    public async Task Every_kind_of_field_goes_into_the_form_and_comes_back_and_what_nobody_knows_stays()
    {
        var (tenant, browser) = await StartAsync("sqlite");
        await tenant.SucceedAsync("""
            { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Page", "DisplayName": "Page", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true } },
              "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "AliasPart", "Name": "AliasPart" }, { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart" },
                { "PartName": "PublishLaterPart", "Name": "PublishLaterPart" }, { "PartName": "BagPart", "Name": "Services" }, { "PartName": "Page", "Name": "Page" }] }],
              "ContentParts": [{ "Name": "Page", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                { "FieldName": "TextField", "Name": "Plain", "Settings": {} }, { "FieldName": "MultiTextField", "Name": "Many", "Settings": { "MultiTextFieldSettings": { "Options": [{ "name": "One", "value": "1" }, { "name": "Two", "value": "2" }] } } },
                { "FieldName": "DateTimeField", "Name": "At", "Settings": {} }, { "FieldName": "TimeField", "Name": "Time", "Settings": {} }, { "FieldName": "HtmlField", "Name": "Html", "Settings": {} },
                { "FieldName": "LinkField", "Name": "Link", "Settings": {} }, { "FieldName": "GeoPointField", "Name": "Where", "Settings": {} }, { "FieldName": "MediaField", "Name": "Pictures", "Settings": {} },
                { "FieldName": "UserPickerField", "Name": "Who", "Settings": {} }, { "FieldName": "FarField", "Name": "Far", "Settings": {} }] }] },
            { "name": "content", "Data": [{ "ContentItemId": "page", "ContentType": "Page", "DisplayText": "P", "TitlePart": { "Title": "P" }, "Services": { "ContentItems": [{ "a": 1.10 }] }, "Page": { "Far": { "x": [1] }, "At": { "Value": "2026-01-02T03:04:05.678Z" } } }] }
            """);
        var form = await browser.PageAsync("contents/page");
        Assert.Contains("not edited here: Page.Far", form);
        var boss = Browsing.Find(form, """<option value="([^"]+)">boss<""").Single();
        (string, string)[] typed =
        [
            ("c.TitlePart", "P"), ("c.AliasPart", "p-1"), ("c.MarkdownBodyPart", "# Title\r\nText"), ("c.PublishLaterPart", ""), ("c.Page.Plain", "文字"), ("c.Page.Many", "2"),
            ("c.Page.At", Browsing.Find(form, """name="c\.Page\.At" value="([^"]*)" """.TrimEnd()).Single()), ("c.Page.Time", "09:30"), ("c.Page.Html", "<b>x</b>"),
            ("c.Page.Link", "https://example.com"), ("c.Page.Link", "Example"), ("c.Page.Where", "39.9"), ("c.Page.Where", "116.4"), ("c.Page.Pictures", "a.jpg\r\nb.jpg"), ("c.Page.Who", boss),
        ];
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, "contents/page", "publish", typed)).StatusCode);
        var item = (await ItemAsync(tenant, "contents/page")).Read();
        Assert.Equal("""{"ContentItems":[{"a":1.10}]}""", item["Services"]!.ToJsonString());
        Assert.Equal("# Title\nText", (string)item["MarkdownBodyPart"]!["Markdown"]!);
        Assert.Null(item["PublishLaterPart"]);
        Assert.Equal($$$"""{"Far":{"x":[1]},"At":{"Value":"2026-01-02T03:04:05.678Z"},"Plain":{"Text":"文字"},"Many":{"Values":["2"]},"Time":{"Value":"09:30:00"},"Html":{"Html":"<b>x</b>"},"Link":{"Url":"https://example.com","Text":"Example"},"Where":{"Latitude":39.9,"Longitude":116.4},"Pictures":{"Paths":["a.jpg","b.jpg"]},"Who":{"UserIds":["{{{boss}}}"],"UserNames":["boss"]}}""",
            ContentJson.Write(item["Page"]!));
        Assert.Contains("This is not an address.", await (await SaveAsync(browser, "contents/page", "draft", ("c.Page.Link", "javascript:alert(1)"), ("c.Page.Link", "x"))).TextAsync());
    }

    async Task<(RecipeTenant Tenant, HttpClient Browser)> StartAsync(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var sample = tenant.Catalogue.FindOrOpen(Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes", "portable-sample.recipe.json"))!;
        Assert.True((await tenant.Recipes.RunAsync(tenant.Name, sample, default)).Succeeded);
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        return (tenant, await BrowserAsync(tenant, "boss"));
    }

    static Task<HttpClient> BrowserAsync(RecipeTenant tenant, string user) => tenant.Host.BrowserAsync(tenant.Name, user);

    /// <summary>What the form holds, with these values changed.</summary>
    static async Task<HttpResponseMessage> SaveAsync(HttpClient browser, string at, string step, params (string Name, string Value)[] values) => await browser.SendFormAsync(at, null, [("step", step), .. values]);

    static Task<ContentItem> ItemAsync(RecipeTenant tenant, string page, bool published = false)
    {
        var id = page["contents/".Length..];
        return tenant.ReadAsync(db => Task.FromResult(db.Set<ContentItem>().Single(i => i.ContentItemId == id && (published ? i.Published : i.Latest))));
    }

    static async Task<(string?, bool, bool)> StateAsync(RecipeTenant tenant) => await ItemAsync(tenant, Lead) is var item ? (item.DisplayText, item.Latest, item.Published) : default;
}
