using System.Net;
using System.Text.Json;
using TcCrm.Customers;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class WhyTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Says_what_the_doors_decide_and_by_which_rule(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        await chain.AddRowAsync(new SharingRule { Name = "Friends of the north", RecordType = "customers.customer", Filters = """["Name:eq:South"]""", WithKind = ShareWith.Unit, WithId = chain.Units["North"] });
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = "Phone", Level = FieldLevel.Masked });
        using var boss = await chain.BrowserAsync("boss");

        var near = await boss.PageAsync($"why?type=customers.customer&record={(await chain.CustomerAsync("North 1")).Number}&user=clerk");
        Assert.Contains("Why can clerk see this?", near);
        Assert.Contains("The role Clerk reaches the records of these units and all below: North.", near);
        Assert.Contains("Clerk: Masked", near);
        var shared = await boss.PageAsync($"why?type=customers.customer&record={(await chain.CustomerAsync("South")).Id}&user={chain.Clerk}");
        Assert.Contains("Why can clerk see this?", shared);
        Assert.Matches("""tone-green(?:(?!</li>).)*The sharing rule Friends of the north opens the records that match. \(Name is South\)""", shared.ReplaceLineEndings(" "));
        var far = await boss.PageAsync($"why?type=customers.customer&record={(await chain.CustomerAsync("South 1")).Id}&user=clerk");
        Assert.Contains("Why can clerk not see this?", far);
        Assert.Contains("What one may not see is not there to be changed.", far);
        Assert.Equal(["North", "North 1", "North 2", "South"], await chain.SeenByAsync("clerk"));
        Assert.Contains("The administrator may do everything", await boss.PageAsync("why?type=customers.customer"));
    }

    [Fact]
    public async Task One_may_ask_about_oneself_what_one_may_see()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Matching, """["CreditLimit:empty:true","Name:starts:North"]""");
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = "CreditLimit", Level = FieldLevel.Hidden });
        using var clerk = await chain.BrowserAsync("clerk");
        var (near, far) = ((await chain.CustomerAsync("North 1")).Id, (await chain.CustomerAsync("South 1")).Id);

        var page = await clerk.PageAsync($"why?type=customers.customer&record={near}");
        Assert.Contains("Why can I see this?", page);
        Assert.Contains("The role Clerk reaches the records that match.", page);
        Assert.DoesNotContain("Credit limit", page);
        Assert.Contains($"href=\"/t/acme/why?type=customers.customer&amp;record=", (await (await clerk.GetAsync($"customers/customer/{near}")).TextAsync()).Replace("&record", "&amp;record"));
        foreach (var closed in new[] { $"why?type=customers.customer&record={far}", $"why?type=customers.customer&record={near}&user=boss", "why?user=boss", "why?user=nobody", "why?type=organisation.unit", "why?type=no.such" })
            Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync(closed)).StatusCode);
    }

    [Fact]
    public async Task A_part_is_explained_by_its_whole_and_a_lost_right_by_the_roles()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        await chain.Host.AddUserAsync("acme", "guest", "Guest");
        var contact = new Contact { CustomerId = (await chain.CustomerAsync("South")).Id, Name = "Far away" };
        await chain.AddAsync(contact);
        using var boss = await chain.BrowserAsync("boss");

        Assert.Contains("It is a part of something else that is out of sight: Customer.", await boss.PageAsync($"why?type=customers.contact&record={contact.Id}&user=clerk"));
        Assert.Contains("None of the roles gives the permission", await boss.PageAsync("why?type=customers.contact&user=guest"));
        Assert.Contains("There is no user", await boss.PageAsync("why?type=customers.contact&user=nobody"));
    }
}
