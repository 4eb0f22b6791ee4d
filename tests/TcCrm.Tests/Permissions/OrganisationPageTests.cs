using System.Net;
using TcCrm.Platform.Organisation;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class OrganisationPageTests
{
    [Fact]
    public async Task Shows_the_tree_with_heads_and_staff()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North 1");
        await chain.AddAsync(new Assignment { UserId = chain.Clerk, UnitId = chain.Units["North 1"], Duty = "Twice counts once" });
        await chain.AddAsync(new Assignment { UserId = chain.Clerk, UnitId = chain.Units["South 1"], Duty = "Gone", Until = new(2020, 1, 1) });
        using var boss = await chain.BrowserAsync("boss");
        var page = await boss.PageAsync("organisation");
        Assert.Equal(["Head office", "North", "North 1", "North 2", "South", "South 1"], Browsing.Find(page, """org-n"><svg[^>]*><use[^>]*></use></svg>(?:<span class="b6">|<a[^>]*>)([^<]+)<"""));
        Assert.Equal(["0 people", "0 people", "1 person", "0 people", "0 people", "0 people"], Browsing.Find(page, """org-d">(\d+ (?:person|people))<"""));
        Assert.Equal(["5 units below", "2 units below", "1 unit below"], Browsing.Find(page, """org-d">(\d+ units? below)<"""));
        var below = await boss.PageAsync($"organisation/unit/new?f.ParentId={chain.Units["North"]}");
        Assert.Contains(chain.Units["North"].ToString(), below);
        Assert.Contains($"new?f.ParentId={chain.Units["North"]}", page);
        Assert.Contains("/organisation/unit/import", page);
        using var clerk = await chain.BrowserAsync("clerk");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("organisation")).StatusCode);
    }

    [Fact]
    public async Task Leads_to_the_first_unit()
    {
        await using var host = await PagesHost.StartAsync();
        using var admin = await host.BrowserOfAsync("admin");
        var page = await admin.PageAsync("organisation");
        Assert.Contains("No units yet", page);
        Assert.Contains("/t/demo/organisation/unit/new", page);
        Assert.Contains("/t/demo/organisation/unit/import", page);
    }
}
