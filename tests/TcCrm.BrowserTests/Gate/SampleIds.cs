using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Announcements;
using TcCrm.BrowserTests.Journeys;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Pages.Setup;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Drafts;
using TcCrm.Platform.Tenants;

namespace TcCrm.BrowserTests.Gate;

/// <summary>Ids of what exists only once somebody has made it: made when a sample first asks, kept for the run.</summary>
static partial class SampleIds
{
    static readonly Dictionary<string, Task<string>> Known = [];
    static readonly Dictionary<string, Func<DemoSite, Task<string>>> Makers = new()
    {
        ["contact"] = site => FirstAsync(site, db => db.Set<Contact>().Select(c => c.Id)),
        ["unit"] = site => FirstAsync(site, db => db.Set<Unit>().Where(u => u.ParentId != null).OrderBy(u => u.Number).Select(u => u.Id)),
        ["announcement"] = site => FirstAsync(site, db => db.Set<Announcement>().Where(a => a.AudienceId == null).Select(a => a.Id)),
        ["user"] = site => FirstAsync(site, db => db.Users.Select(u => u.Id)),
        ["role"] = site => FirstAsync(site, db => db.Roles.OrderBy(r => r.Name == "Administrator").Select(r => r.Id)),
        ["application"] = site => ApplicationAsync(site, a => a.Id.ToString()),
        ["recipe"] = RecipeAsync,
        ["lead-type"] = async site => (await FillAsync(site, "{lead}")).Length > 0 ? "Lead" : "",
        ["lead"] = LeadAsync,
        ["list"] = async site => (await FillAsync(site, "{lead}")).Length > 0 ? "4list" : "",
        ["taxonomy"] = async site => (await FillAsync(site, "{lead}")).Length > 0 ? "4taxonomy" : "",
        ["content-path"] = async site => (await FillAsync(site, "{lead}")).Length > 0 ? "about/autumn" : "",
        ["client"] = site => ApplicationAsync(site, a => a.ClientId!),
        ["provider"] = ProviderAsync,
        ["previewed"] = site => ImportAsync(site, "previewed", ImportWizard.PreviewAsync),
        ["running"] = RunningAsync,
        ["erasing"] = site => ErasureAsync(site, isOver: false),
        ["erased"] = site => ErasureAsync(site, isOver: true),
        ["done"] = site => ImportAsync(site, "done", ImportWizard.RunAsync),
        ["first-setup"] = async site => await SetUpAsync((await site.EmptyAsync()).Services),
        ["setup"] = site => SetUpAsync(site.Site.Services),
    };

    public static async Task<string> FillAsync(DemoSite site, string path)
    {
        foreach (var name in Places().Matches(path).Select(m => m.Groups[1].Value).ToList())
        {
            Task<string> made;
            lock (Known) made = Known.TryGetValue(name, out var known) ? known : Known[name] = Makers[name](site);
            path = path.Replace($"{{{name}}}", await made, StringComparison.Ordinal);
        }
        return path;
    }

    /// <summary>Content types with every kind of control, an item with a version in force, an earlier one and a newer draft.</summary>
    static async Task<string> LeadAsync(DemoSite site)
    {
        const string Id = "4lead0000000000000000000aa";
        using var recipe = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("""
            { "name": "lead", "steps": [
            { "name": "feature", "enable": ["TcCrm.Contents"] },
            { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Lead", "DisplayName": "线索", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true, "Versionable": true } },
              "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "EditableRequired" } } }, { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart" }, { "PartName": "AutoroutePart", "Name": "AutoroutePart" }, { "PartName": "Lead", "Name": "Lead" },
                { "PartName": "BagPart", "Name": "BagPart", "Settings": { "BagPartSettings": { "ContainedContentTypes": ["Step"] } } }] },
                { "Name": "Step", "DisplayName": "步骤", "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "HtmlBodyPart", "Name": "HtmlBodyPart" }] },
                { "Name": "Term", "DisplayName": "地区", "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }] },
                { "Name": "Tree", "DisplayName": "分类", "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "TaxonomyPart", "Name": "TaxonomyPart" }] },
                { "Name": "Series", "DisplayName": "系列", "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }, { "PartName": "ListPart", "Name": "ListPart", "Settings": { "ListPartSettings": { "ContainedContentTypes": ["Lead"], "EnableOrdering": true } } }] }],
              "ContentParts": [{ "Name": "Lead", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                { "FieldName": "NumericField", "Name": "Amount", "Settings": { "ContentPartFieldSettings": { "DisplayName": "金额" }, "NumericFieldSettings": { "Required": true, "Scale": 2, "Hint": "含税" } } },
                { "FieldName": "DateTimeField", "Name": "At", "Settings": { "ContentPartFieldSettings": { "DisplayName": "时间" } } }, { "FieldName": "BooleanField", "Name": "Hot", "Settings": { "ContentPartFieldSettings": { "DisplayName": "优先" } } },
                { "FieldName": "MultiTextField", "Name": "Sources", "Settings": { "ContentPartFieldSettings": { "DisplayName": "来源" }, "MultiTextFieldSettings": { "Options": [{ "name": "电话", "value": "phone" }, { "name": "门店", "value": "store" }] } } },
                { "FieldName": "ContentPickerField", "Name": "Former", "Settings": { "ContentPartFieldSettings": { "DisplayName": "上一条线索" }, "ContentPickerFieldSettings": { "DisplayedContentTypes": ["Lead"] } } },
                { "FieldName": "LinkField", "Name": "Link", "Settings": { "ContentPartFieldSettings": { "DisplayName": "链接" } } }, { "FieldName": "GeoPointField", "Name": "Where", "Settings": { "ContentPartFieldSettings": { "DisplayName": "位置" } } },
                { "FieldName": "TaxonomyField", "Name": "Places", "Settings": { "ContentPartFieldSettings": { "DisplayName": "地区" }, "TaxonomyFieldSettings": { "TaxonomyContentItemId": "4taxonomy", "LeavesOnly": true } } },
                { "FieldName": "MediaField", "Name": "Pictures", "Settings": { "ContentPartFieldSettings": { "DisplayName": "图片" } } }] }] },
            { "name": "content", "Data": [
              { "ContentItemId": "4lead0000000000000000000aa", "ContentItemVersionId": "4version1", "ContentType": "Lead", "DisplayText": "春季续约", "Author": "管理员", "Latest": false, "Published": false, "ModifiedUtc": "2026-03-01T01:00:00Z", "TitlePart": { "Title": "春季续约" } },
              { "ContentItemId": "4lead0000000000000000000aa", "ContentItemVersionId": "4version2", "ContentType": "Lead", "DisplayText": "秋季续约", "Author": "管理员", "Latest": false, "Published": true, "ModifiedUtc": "2026-09-01T01:00:00Z", "TitlePart": { "Title": "秋季续约" }, "AutoroutePart": { "Path": "about/autumn" }, "MarkdownBodyPart": { "Markdown": "## 概况\n续约 **三年**，见[条款](https://example.com)。\n\n| 年 | 金额 |\n|---|---|\n| 2026 | 31000 |" },
                "Lead": { "Amount": { "Value": 31000.25 } }, "BagPart": { "ContentItems": [{ "ContentItemId": "4step", "ContentType": "Step", "DisplayText": "准备", "TitlePart": { "Title": "准备" }, "HtmlBodyPart": { "Html": "<p>核对<b>合同</b></p>" } }] } },
              { "ContentItemId": "4lead0000000000000000000aa", "ContentItemVersionId": "4version3", "ContentType": "Lead", "DisplayText": "冬季续约", "Author": "管理员", "Latest": true, "Published": false, "ModifiedUtc": "2026-11-01T01:00:00Z", "TitlePart": { "Title": "冬季续约" }, "ContainedPart": { "ListContentItemId": "4list", "Order": 0 }, "BagPart": { "ContentItems": [{}, { "ContentItemId": "4step", "ContentType": "Step", "DisplayText": "准备", "TitlePart": { "Title": "准备" } }] }, "Lead": { "Amount": { "Value": 31000.25 }, "Hot": { "Value": true } } },
              { "ContentItemId": "4list", "ContentType": "Series", "DisplayText": "续约系列", "TitlePart": { "Title": "续约系列" } },
              { "ContentItemId": "4taxonomy", "ContentType": "Tree", "DisplayText": "地区", "TitlePart": { "Title": "地区" }, "TaxonomyPart": { "TermContentType": "Term", "Terms": [
                { "ContentItemId": "4asia", "ContentType": "Term", "DisplayText": "亚洲", "Terms": [{ "ContentItemId": "4china", "ContentType": "Term", "DisplayText": "中国" }] }, { "ContentItemId": "4europe", "ContentType": "Term", "DisplayText": "欧洲" }] } }] } ] }
            """));
        var file = RecipeFile.Read("lead", recipe.ToArray(), new Microsoft.Extensions.FileProviders.NullFileProvider());
        Assert.True((await site.Site.Services.GetRequiredService<TenantRecipes>().RunAsync(DemoSite.Demo, file, default)).Succeeded);
        site.Site.Services.GetRequiredService<SnapshotCache>().Drop(DemoSite.Demo);
        return Id;
    }

    static Task<string> FirstAsync(DemoSite site, Func<CrmDbContext, IQueryable<Guid>> ids) =>
        site.Site.InAsync(DemoSite.Demo, async scope => (await ids(scope.GetRequiredService<CrmDbContext>()).FirstAsync()).ToString());

    static Task<string> ApplicationAsync(DemoSite site, Func<OpenIdApplication, string> id) => site.Site.InAsync(DemoSite.Demo, async scope =>
    {
        var form = new ApplicationForm { Name = "晨报系统", RedirectAddresses = "https://partner.example/back", MayStay = true, Scopes = ["profile", "email", "View_customers.customer"] };
        return id((await scope.GetRequiredService<Applications>().CreateAsync(form, default)).Application);
    });

    /// <summary>One with warnings, a step that is wrong, and features that are off.</summary>
    static Task<string> RecipeAsync(DemoSite site) => site.Site.InAsync(DemoSite.Demo, async scope =>
    {
        var content = """{ "name": "shops", "displayName": "门店配置", "steps": [{ "name": "feature", "enable": ["TcCrm.OpenId.Server", "TcCrm.Elsewhere"] }, { "name": "teleport" }, { "name": "Roles", "Roles": [{ "Name": "店长" }] }] }"""u8;
        return (await scope.GetRequiredService<RecipeDesk>().BringAsync("shops.recipe.json", new MemoryStream(content.ToArray()), default)).Id.ToString();
    });

    static Task<string> ProviderAsync(DemoSite site) => site.Site.InAsync(DemoSite.Demo, async scope =>
    {
        var (provider, role) = (new SignInProvider(), await scope.GetRequiredService<CrmDbContext>().Roles.Select(r => r.Id).FirstAsync());
        var form = new ProviderForm { Name = "集团门户", Authority = "https://login.example.com/group", ClientId = "crm", ClientSecret = "kept", Mappings = [new() { Claim = "groups", Value = "crm", RoleId = role }] };
        await scope.GetRequiredService<SignInProviders>().SaveAsync(provider, form, default);
        return provider.Id.ToString();
    });

    static async Task<string> ImportAsync(DemoSite site, string series, Func<Visitor, Task> walk)
    {
        await using var visitor = await site.VisitAsync();
        await ImportWizard.UploadAsync(visitor, series);
        await walk(visitor);
        return ImportWizard.IdOf(visitor);
    }

    /// <summary>Its job seems to run on another node, whose lease lasts longer than any test.</summary>
    static async Task<string> RunningAsync(DemoSite site)
    {
        var id = await ImportAsync(site, "running", ImportWizard.PreviewAsync);
        await site.Site.InAsync(DemoSite.Demo, async scope =>
        {
            var db = scope.GetRequiredService<CrmDbContext>();
            var now = scope.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
            var job = new Job { Kind = ImportJob.JobKind, Arguments = "{}", State = JobState.Running, Done = 420, Total = 1000, CreatedAt = now, StartedAt = now, DueAt = now.AddDays(1) };
            var import = await db.Set<Import>().SingleAsync(i => i.Id == Guid.Parse(id));
            (import.State, import.JobId) = (ImportState.Running, job.Id);
            db.Add(job);
            return await db.SaveChangesAsync();
        });
        return id;
    }

    /// <summary>Of nobody; while it is not over, its job seems to run on another node.</summary>
    static Task<string> ErasureAsync(DemoSite site, bool isOver) => site.Site.InAsync(DemoSite.Demo, async scope =>
    {
        var (db, now) = (scope.GetRequiredService<CrmDbContext>(), scope.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var job = new Job { Kind = ErasePersonJob.JobKind, Arguments = "{}", State = isOver ? JobState.Done : JobState.Running, Done = 3, Total = 8, CreatedAt = now, StartedAt = now, DueAt = now.AddDays(1) };
        var run = new ErasureRun { RecordType = "customers.customer", RecordId = Guid.CreateVersion7(), JobId = job.Id, AskedAt = now, EndedAt = isOver ? now : null, Mode = isOver ? ErasureMode.Removed : null, Report = isOver ? """{"Records":2,"MailsOfPeople":1,"ImportsOfPeople":1}""" : "{}" };
        db.AddRange(job, run);
        await db.SaveChangesAsync();
        return run.Id.ToString();
    });

    static async Task<string> SetUpAsync(IServiceProvider services)
    {
        var wish = new TenantWish("side-street", "blank", new(DemoSite.Administrator, DemoSite.Password)) { Title = "巷口小店" };
        var run = services.GetRequiredService<SetupRuns>().Start([wish], new TenantForm());
        while (!run.IsOver) await Task.Delay(100);
        return run.Id;
    }

    [GeneratedRegex(@"\{([a-z-]+)\}")]
    private static partial Regex Places();
}
