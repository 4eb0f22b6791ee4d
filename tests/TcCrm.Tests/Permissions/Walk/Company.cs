using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Recipes.Drafts;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Permissions.Walk;

/// <summary>
/// A chain of stores with all who may come to its doors, each by cookie and by key. Words in capitals stand in records and fields that some of them may not read.
/// </summary>
public sealed class Company : IAsyncDisposable
{
    public const string Near = "NEARNAME", Far = "FARNAME", FarContact = "FARCONTACT", FarRemark = "FARREMARK", Hidden = "HIDDENWORD", Masked = "13912345678", ContentItem = "4item";
    readonly Chain _chain;

    Company(Chain chain) => _chain = chain;

    public TestHost Host => _chain.Host;
    public List<Caller> Callers { get; } = [];
    public Guid NearId { get; private set; }
    public Guid FarId { get; private set; }
    public Guid Role => _chain.Role;
    public Task<HttpClient> BrowserAsync(string user) => _chain.BrowserAsync(user);
    public Guid User => _chain.Clerk;
    public Guid Unit => _chain.Units["North 1"];
    public string Import { get; private set; } = "";
    public Guid Announcement { get; private set; }
    /// <summary>An erasure that is over.</summary>
    public Guid Erasing { get; private set; }
    /// <summary>A recipe that has run.</summary>
    public Guid Recipe { get; private set; }

    public static async Task<Company> StartAsync(string engine)
    {
        var company = new Company(await Chain.StartAsync(engine));
        await company.Host.InAsync("acme", async services => { await services.GetRequiredService<Platform.Modules.FeatureSwitch>().EnableAsync(Platform.Identity.OpenId.OpenIdServerStartup.Id, default); });
        await company.Host.InAsync("acme", async services => { await services.GetRequiredService<Platform.Modules.FeatureSwitch>().EnableAsync(Platform.Identity.OpenId.OpenIdClientStartup.Id, default); });
        await company.Host.InAsync("acme", async services => { await services.GetRequiredService<Platform.Modules.FeatureSwitch>().EnableAsync("TcCrm.Contents", default); });
        await company.Host.InAsync("acme", async services => { await services.GetRequiredService<Platform.Modules.FeatureSwitch>().EnableAsync("TcCrm.Announcements", default); });
        await company.StaffAsync();
        await company.RecordsAsync();
        await company.CallersAsync();
        return company;
    }

    /// <summary>What stands in the database, counted: nobody who is refused may have changed it.</summary>
    public Task<(int Audited, int Events, int Customers, int Users)> StateAsync() => Host.InAsync("acme", async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        return (await db.Set<Platform.Audit.AuditEntry>().CountAsync(), await db.Set<Platform.Events.OutboxEntry>().CountAsync(), await db.Set<Customer>().CountAsync(), await db.Users.CountAsync());
    });

    /// <summary>"reader" may see customers and nothing else; "clerk" may do everything there is, in the store of the north; "nobody" has no right at all.</summary>
    async Task StaffAsync()
    {
        await _chain.EmployAsync("clerk", "North 1");
        var all = await Host.InAsync("acme", services => Task.FromResult(services.GetRequiredService<PermissionList>().All.Select(p => p.Name).ToList()));
        await _chain.AddRowsAsync(all.Where(p => !p.Contains("_customers.", StringComparison.Ordinal)).Select(p => new IdentityRoleClaim<Guid> { RoleId = Role, ClaimType = CrmRole.PermissionClaim, ClaimValue = p }));
        await Host.AddUserAsync("acme", "nobody", "Nothing");
        var reader = await Host.AddUserAsync("acme", "reader", "Reader", "View_customers.customer", "View_customers.contact");
        var reading = await Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Roles.Where(r => r.Name == "Reader").Select(r => r.Id).SingleAsync());
        await _chain.AddAsync(new Assignment { UserId = reader, UnitId = _chain.Units["North 1"], Duty = "Reader" });
        foreach (var role in new[] { Role, reading })
        {
            await _chain.AddRowsAsync(Enum.GetValues<RecordRight>().Select(right => new RoleReach { RoleId = role, RecordType = "customers.customer", Right = right, Kind = ReachKind.Unit, Details = "[]" }));
            await _chain.AddRowAsync(new FieldRule { RoleId = role, RecordType = "customers.customer", Field = "Remark", Level = FieldLevel.Hidden });
            await _chain.AddRowAsync(new FieldRule { RoleId = role, RecordType = "customers.customer", Field = "Phone", Level = FieldLevel.Masked });
        }
    }

    /// <summary>Written and changed, so that history, audit and events know of them.</summary>
    async Task RecordsAsync()
    {
        NearId = (await _chain.ChangeAsync("North 1", c => (c.Name, c.Phone) = (Near, "+86" + Masked))).Id;
        FarId = (await _chain.ChangeAsync("South 1", c => (c.Name, c.Remark, c.Phone) = (Far, FarRemark, "+8613887654321"))).Id;
        await _chain.ChangeAsync(Near, c => c.Remark = Hidden);
        await _chain.AddAsync(new Contact { CustomerId = NearId, Name = "Near contact" });
        await _chain.AddAsync(new Contact { CustomerId = FarId, Name = FarContact });
        var announcement = new TcCrm.Announcements.Announcement { Title = "For everybody", Body = "…" };
        await _chain.AddAsync(announcement);
        Announcement = announcement.Id;
        var erasing = new ErasureRun { RecordType = "customers.customer", RecordId = Guid.CreateVersion7() };
        await _chain.AddRowAsync(erasing);
        Erasing = erasing.Id;
        var recipe = new RecipeDraft { Source = "blank", IsOfProduct = true, DisplayName = "Blank", JobId = Guid.CreateVersion7(), HasRun = true };
        await _chain.AddRowAsync(recipe);
        Recipe = recipe.Id;
        await _chain.AddRowAsync(new TcCrm.Contents.Items.ContentItem { ContentItemId = ContentItem, ContentItemVersionId = ContentItem, ContentType = "Page", Json = "{}", Latest = true, Published = true });
    }

    async Task CallersAsync()
    {
        foreach (var (tenant, user) in new[] { ("other", "stranger"), ("default", "root") })
        {
            await Host.CreateTenantAsync(tenant, "TcCrm.Customers");
            await Host.AddUserAsync(tenant, user);
        }
        Callers.Add(new("anonymous", Standing.Outside, Client(null), Client(null)));
        Callers.Add(new("other tenant's administrator", Standing.Outside, Client(await BorrowedAsync("other", "stranger")), await KeyAsync("other", "stranger")));
        Callers.Add(new("host's administrator", Standing.Outside, Client(await BorrowedAsync("default", "root")), await KeyAsync("default", "root")));
        foreach (var (user, standing) in new[] { ("nobody", Standing.Nothing), ("reader", Standing.Reads), ("clerk", Standing.Everything) })
            Callers.Add(new(user, standing, await _chain.BrowserAsync(user), await Host.ApiClientAsync("acme", user)));
        Import = await UploadAsync(Callers[^1]);
    }

    /// <summary>The cookie as their own tenant gave it, under the name that this one looks for.</summary>
    async Task<string> BorrowedAsync(string tenant, string user) => (await Host.CookieAsync(tenant, user)).Replace("." + tenant + "=", ".acme=", StringComparison.Ordinal);

    async Task<HttpClient> KeyAsync(string tenant, string user)
    {
        var client = Client(null);
        client.DefaultRequestHeaders.Authorization = (await Host.ApiClientAsync(tenant, user)).DefaultRequestHeaders.Authorization;
        return client;
    }

    HttpClient Client(string? cookie)
    {
        var client = Host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("http://localhost/t/acme/") });
        if (cookie is not null) client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }

    static async Task<string> UploadAsync(Caller clerk)
    {
        const string page = "customers/customer/import";
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes("名称\n甲\n"));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { new StringContent(await clerk.TokenAsync(page)), "__RequestVerificationToken" }, { file, "file", "a.csv" } };
        var answer = await clerk.Page.PostAsync(page, form);
        return answer.Headers.Location!.OriginalString.Split('/')[^2];
    }

    public ValueTask DisposeAsync() => _chain.DisposeAsync();
}
