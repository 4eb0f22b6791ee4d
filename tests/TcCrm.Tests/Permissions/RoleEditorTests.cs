using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class RoleEditorTests
{
    static readonly (string, string)[] Open = [("Reaches[0].Kind", "All"), ("Reaches[1].Kind", "All"), ("Reaches[2].Kind", "All")];

    [Fact]
    public async Task What_is_chosen_on_the_page_counts_at_the_next_request()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        using var boss = await chain.BrowserAsync("boss");
        var page = $"roles/{chain.Role}/types/customers.customer";

        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync(page, null, ("Reaches[0].Kind", "UnitAndBelow"), ("Reaches[1].Kind", "Matching"),
            ("Reaches[1].Conditions[0].Field", "Name"), ("Reaches[1].Conditions[0].Operator", "starts"), ("Reaches[1].Conditions[0].Value", "North"),
            ("Reaches[2].Kind", "ChosenUnits"), ("Reaches[2].Units", chain.Units["North 1"].ToString()), ("Levels[Phone]", "Masked"), ("Levels[Remark]", "ReadOnly"))).StatusCode);

        Assert.Equal(["North", "North 1", "North 2"], await chain.SeenByAsync("clerk"));
        var role = await boss.PageAsync($"roles/{chain.Role}");
        Assert.Contains("View: Own unit and below · Edit: Records that match · Delete: Chosen units and below · 2 fields narrowed", role);
        var shown = await boss.PageAsync(page);
        Assert.Contains("""name="Reaches[1].Conditions[0].Value" value="North" """.Trim(), shown);
        var noted = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(a => a.RecordType == "platform.role" && a.RecordId == chain.Role).OrderByDescending(a => a.Id).FirstAsync());
        using var details = JsonDocument.Parse(noted.Details);
        Assert.Empty(details.RootElement.GetProperty("before").GetProperty("fields").EnumerateObject());
        Assert.Equal("Masked", details.RootElement.GetProperty("after").GetProperty("fields").GetProperty("Phone").GetString());
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_where_it_stands()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        using var boss = await chain.BrowserAsync("boss");
        var page = $"roles/{chain.Role}/types/customers.customer";

        var answer = await boss.SendFormAsync(page, null, ("Reaches[0].Kind", "Matching"), ("Reaches[0].Conditions[0].Field", "CreditLimit"), ("Reaches[0].Conditions[0].Operator", "ge"), ("Reaches[0].Conditions[0].Value", "much"),
            ("Reaches[1].Kind", "Matching"), ("Reaches[2].Kind", "ChosenUnits"), ("Levels[Name]", "Hidden"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var refused = await answer.TextAsync();
        Assert.Contains("is not a value of the field", refused);
        Assert.Contains("Add at least one condition.", refused);
        Assert.Contains("Choose at least one unit.", refused);
        Assert.Contains("so it cannot be hidden", refused);
        Assert.Contains("value=\"much\"", refused);
        Assert.Equal(6, (await chain.SeenByAsync("clerk")).Length);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync($"roles/{chain.Role}/types/organisation.unit", null, [("Reaches[0].Kind", "Unit"), .. Open[1..]])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"roles/{chain.Role}/types/no.such")).StatusCode);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_hold()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        await chain.GrantAsync(PlatformPermissions.ManageRoles);
        using var clerk = await chain.BrowserAsync("clerk");
        var page = $"roles/{chain.Role}/types/customers.customer";

        foreach (var wider in new[] { "All", "UnitAndBelow" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.SendFormAsync(page, null, [("Reaches[0].Kind", wider), .. Open[1..]])).StatusCode);
        var made = await clerk.SendFormAsync("roles/new", null, ("Name", "Wide"), ("Granted", "View_customers.customer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, made.StatusCode);
        Assert.Equal(["North"], await chain.SeenByAsync("clerk"));
        await chain.Host.AddUserAsync("acme", "guest", "Nothing");
        Assert.Equal(HttpStatusCode.Forbidden, (await (await chain.BrowserAsync("guest")).GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task A_copy_of_a_role_opens_what_the_role_does()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = "Phone", Level = FieldLevel.Masked });
        using var boss = await chain.BrowserAsync("boss");

        foreach (var name in new[] { "Clerk (2)", "Clerk (3)" })
        {
            var made = await boss.SendFormAsync($"roles/{chain.Role}", $"roles/{chain.Role}?handler=Copy");
            Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
            var copy = await boss.PageAsync(made.Headers.Location!.OriginalString);
            Assert.Contains($"value=\"{name}\"", copy);
            Assert.Contains("View: Own unit · 1 field narrowed", copy);
        }
        var (granted, copied) = await chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var copyId = await db.Roles.Where(r => r.Name == "Clerk (2)").Select(r => r.Id).SingleAsync();
            return (await db.RoleClaims.CountAsync(c => c.RoleId == chain.Role), await db.RoleClaims.CountAsync(c => c.RoleId == copyId));
        });
        Assert.Equal(granted, copied);
    }

    [Fact]
    public async Task The_administrators_role_stays_as_it_is()
    {
        await using var chain = await Chain.StartAsync();
        using var boss = await chain.BrowserAsync("boss");
        var administrator = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Roles.Where(r => r.Name == CrmRole.Administrator).Select(r => r.Id).SingleAsync());
        var page = $"roles/{administrator}/types/customers.customer";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync("roles/new", page, [("Reaches[0].Kind", "Own"), .. Open[1..]])).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await boss.SendFormAsync("roles/new", $"roles/{administrator}?handler=Copy")).StatusCode);
        Assert.Equal(0, await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<RoleReach>().CountAsync()));
    }
}
