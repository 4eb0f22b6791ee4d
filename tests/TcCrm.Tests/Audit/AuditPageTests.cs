using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Audit;

public sealed class AuditPageTests
{
    [Fact]
    public async Task Shows_what_was_done_newest_first_with_the_fields_that_changed()
    {
        await using var host = await PagesHost.StartAsync();
        using var admin = await host.BrowserOfAsync("admin");
        await admin.SendFormAsync("customers/customer/new", null, ("f.Name", "Spruce"));
        await admin.SendFormAsync("customers/customer/C-000001/edit", null, ("f.Name", "Spruce Trading"));
        var page = await admin.PageAsync("audit");
        Assert.Equal(["Updated", "Created"], Browsing.Find(page, "<b>Ada</b><span>([A-Z][a-z]+)</span>").Take(2));
        Assert.Contains("<del>Spruce</del>", page);
        Assert.Contains("<ins>Spruce Trading</ins>", page);
        Assert.Contains("href=\"/t/demo/customers/customer/C-000001\"", page);
        Assert.DoesNotContain("<del>Spruce</del>", await admin.PageAsync("audit?action=Created"));
        Assert.Contains("<del>Spruce</del>", await admin.PageAsync("audit?user=Ada&q=spruce%20trading&type=customers.customer"));
        foreach (var nothing in new[] { "user=nobody", "q=never-typed", "action=Revoked", "from=2000-01-01&until=2000-12-31", "record=00000000-0000-0000-0000-000000000001" })
            Assert.Contains("No entry fits the filters.", await admin.PageAsync("audit?" + nothing));
    }

    [Fact]
    public async Task Pages_by_key()
    {
        await using var host = await PagesHost.StartAsync();
        await host.InAsync(async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            for (var i = 0; i < 120; i++) db.Add(new AuditEntry { At = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, Action = "SettingsChanged", Details = $$"""{ "Settings": ["S{{i:000}}"] }""" });
            return await db.SaveChangesAsync();
        });
        using var admin = await host.BrowserOfAsync("admin");
        var seen = new List<string>();
        for (var at = "audit?action=SettingsChanged"; at.Length > 0;)
        {
            var page = await admin.PageAsync(at);
            seen.AddRange(Browsing.Find(page, "<ins>(S[0-9]{3})</ins>"));
            at = Browsing.Find(page, "href=\"/t/demo/(audit[^\"]*before=[^\"]*)\"") is [var next, ..] ? next : "";
        }
        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"S{i:000}"), seen);
    }

    [Fact]
    public async Task Says_nothing_of_records_that_the_reader_may_not_see()
    {
        await using var host = await PagesHost.StartAsync();
        var customer = await host.AddAsync("customers.customer", ("Name", "Open Firm"));
        await host.AddAsync("customers.contact", ("Name", "Hidden Person"), ("CustomerId", customer.ToString()));
        await GrantAsync(host, "Staff", "ViewAudit");
        using var staff = await host.BrowserOfAsync("staff");
        var page = await staff.PageAsync("audit");
        Assert.Contains("Open Firm", page);
        Assert.DoesNotContain("Hidden Person", page);
        Assert.Contains("You may not see what was done here.", page);
        Assert.Contains("No entry fits the filters.", await staff.PageAsync("audit?q=Hidden"));
        var export = await staff.GetStringAsync("audit?handler=Export");
        Assert.Contains("Open Firm", export);
        Assert.DoesNotContain("Hidden Person", export);
        using var guest = await host.BrowserOfAsync("guest");
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync("audit")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await guest.GetAsync("audit?handler=Export")).StatusCode);
    }

    [Fact]
    public async Task An_export_and_a_verification_are_entries_themselves()
    {
        await using var host = await PagesHost.StartAsync();
        await host.AddAsync("customers.customer", ("Name", "=Spruce"));
        using var admin = await host.BrowserOfAsync("admin");
        var table = await admin.GetStringAsync("audit?handler=Export&type=customers.customer");
        Assert.StartsWith("Time,User,Action,", table, StringComparison.Ordinal);
        Assert.Contains("=Spruce", table);
        Assert.DoesNotContain(",=Spruce", table);
        Assert.Contains("customers.customer", await admin.PageAsync("audit?action=Exported"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.SendFormAsync("audit", "audit?handler=Verify")).StatusCode);
        for (var tries = 0; !(await admin.PageAsync("audit")).Contains("the audit log is as it was written", StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 300, "The verification does not come to an end.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    static Task<int> GrantAsync(PagesHost host, string role, string permission) => host.InAsync(async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var id = await db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync();
        db.RoleClaims.Add(new() { RoleId = id, ClaimType = TcCrm.Platform.Identity.CrmRole.PermissionClaim, ClaimValue = permission });
        var saved = await db.SaveChangesAsync();
        services.GetRequiredService<TcCrm.Platform.Tenants.SnapshotCache>().Drop("demo");
        return saved;
    });
}
