using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class PrintTests
{
    [Fact]
    public async Task Is_offered_to_and_done_by_those_only_who_hold_the_right()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.Host.AddUserAsync("acme", "reader", "Reader", "View_customers.customer", "Export_customers.customer");
        var record = $"customers/customer/{(await chain.CustomerAsync("North 1")).Id}";
        using var clerk = await chain.BrowserAsync("clerk");
        using var reader = await chain.BrowserAsync("reader");

        foreach (var page in new[] { "customers/customer", record })
        {
            Assert.Contains("/print\"", await clerk.PageAsync(page));
            Assert.DoesNotContain("/print\"", await reader.PageAsync(page));
            Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync(page + "/print")).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(page + "/print")).StatusCode);
        }

        Assert.Equal(2, (await PrintedAsync(chain)).Count);
        Assert.Contains("None of the roles gives the permission", await (await chain.BrowserAsync("boss")).PageAsync("why?type=customers.customer&user=reader"));
    }

    [Fact]
    public async Task Shows_on_paper_what_the_screen_shows_and_notes_it()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        await chain.AddRowsAsync([new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = "Phone", Level = FieldLevel.Masked }, new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = "Remark", Level = FieldLevel.Hidden }]);
        var near = await chain.ChangeAsync("North 1", c => (c.Phone, c.Remark) = ("13912345678", "not for clerks"));
        using var clerk = await chain.BrowserAsync("clerk");

        var sheet = await clerk.PageAsync($"customers/customer/{near.Id}/print");
        var list = await clerk.PageAsync("customers/customer/print?filter=Name:starts:North&sort=-Name&size=25");

        foreach (var page in new[] { sheet, list })
        {
            Assert.Contains("North 1", page);
            Assert.DoesNotContain("12345678", page);
            Assert.DoesNotContain("handler=Reveal", page);
        }
        Assert.DoesNotContain("not for clerks", sheet);
        Assert.True(list.IndexOf("North 2", StringComparison.Ordinal) < list.IndexOf("North 1", StringComparison.Ordinal));
        Assert.DoesNotContain("South 1", await clerk.PageAsync("customers/customer/print"));
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"customers/customer/{(await chain.CustomerAsync("South 1")).Id}/print")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.GetAsync("customers/customer/print?filter=Remark:empty:")).StatusCode);

        var noted = await PrintedAsync(chain);
        Assert.Equal([near.Id, null, null], noted.Select(n => n.RecordId));
        Assert.All(noted, n => Assert.Equal(chain.Clerk, n.UserId));
        using var details = JsonDocument.Parse(noted[1].Details);
        Assert.Equal("Name:starts:North", details.RootElement.GetProperty("filters")[0].GetString());
        Assert.Equal(3, details.RootElement.GetProperty("records").GetInt32());
        Assert.Contains("printed the record", await clerk.PageAsync($"customers/customer/{near.Id}"));
    }

    [Fact]
    public async Task Says_when_a_list_is_longer_than_what_is_printed()
    {
        await using var chain = await Chain.StartAsync();
        await chain.AddRowsAsync(Enumerable.Range(0, PrintLists.Most).Select(i => new Customer { Name = $"Z {i}" }));
        using var boss = await chain.BrowserAsync("boss");

        var list = await boss.PageAsync("customers/customer/print?sort=Name");

        Assert.Contains("The first 1,000 records. Narrow the list to print the others.", list);
        Assert.Equal(PrintLists.Most + 1, list.Split("<tr>").Length - 1); // the head too
    }

    [Fact]
    public async Task What_a_role_may_print_or_export_can_be_less_than_what_it_sees()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.Print, ReachKind.UnitAndBelow);
        await chain.NarrowAsync(RecordRight.Export, ReachKind.UnitAndBelow);
        await chain.GrantAsync(PlatformPermissions.RunRecipes);
        using var clerk = await chain.BrowserAsync("clerk");

        Assert.Contains("South 1", await clerk.PageAsync("customers/customer"));
        foreach (var door in new[] { "customers/customer/print", "customers/customer/export?format=csv", "recipes/export?handler=File&part=records:customers.customer" })
        {
            var taken = await clerk.PageAsync(door);
            Assert.Contains("North 1", taken);
            Assert.DoesNotContain("South 1", taken);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync($"customers/customer/{(await chain.CustomerAsync("South 1")).Id}/print")).StatusCode);
    }

    static Task<List<AuditEntry>> PrintedAsync(Chain chain) => chain.Host.InAsync("acme", services =>
        services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().AsNoTracking().Where(a => a.Action == "Printed").OrderBy(a => a.Id).ToListAsync());
}
