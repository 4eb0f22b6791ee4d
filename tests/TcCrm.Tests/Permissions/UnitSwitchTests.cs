using System.Net;
using System.Text.Json;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Permissions;

public sealed class UnitSwitchTests
{
    [Fact]
    public async Task One_works_in_the_chosen_unit()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North 1");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        using var clerk = await chain.BrowserAsync("clerk");
        Assert.DoesNotContain("tc-unit", await clerk.PageAsync("customers/customer"));

        await chain.AddAsync(new Assignment { UserId = chain.Clerk, UnitId = chain.Units["South 1"], Duty = "Help" });
        Assert.Contains("tc-unit all", await clerk.PageAsync("customers/customer"));
        Assert.Equal(["North 1", "South 1"], await SeenAsync(clerk));

        Assert.Equal(HttpStatusCode.Redirect, (await ChooseAsync(clerk, chain.Units["South 1"].ToString())).StatusCode);
        Assert.Equal(["South 1"], await SeenAsync(clerk));
        Assert.Equal(HttpStatusCode.Redirect, (await clerk.SendFormAsync("customers/customer/new", null, ("f.Name", "Made in the south"))).StatusCode);
        Assert.Equal(chain.Units["South 1"], (await chain.CustomerAsync("Made in the south")).UnitId);
        Assert.Equal(["Made in the south", "North 1", "South 1"], await chain.SeenByAsync("clerk"));

        Assert.Equal(HttpStatusCode.Redirect, (await ChooseAsync(clerk, "")).StatusCode);
        Assert.Equal(["Made in the south", "North 1", "South 1"], await SeenAsync(clerk));
    }

    [Fact]
    public async Task A_unit_that_is_not_theirs_is_no_choice()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North 1");
        await chain.AddAsync(new Assignment { UserId = chain.Clerk, UnitId = chain.Units["South 1"], Duty = "Help" });
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        using var clerk = await chain.BrowserAsync("clerk");

        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(clerk, chain.Units["North 2"].ToString())).StatusCode);
        using var forger = await chain.BrowserAsync("clerk", unit: chain.Units["North 2"].ToString());
        Assert.Equal(["North 1", "South 1"], await SeenAsync(forger));
        using var other = await chain.BrowserAsync("clerk", unit: chain.Units["North 1"].ToString());
        Assert.Equal(["North 1"], await SeenAsync(other));
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.PostAsync("account/unit", new FormUrlEncodedContent([KeyValuePair.Create("unit", chain.Units["South 1"].ToString())]))).StatusCode);
    }

    static Task<HttpResponseMessage> ChooseAsync(HttpClient browser, string unit) => browser.SendFormAsync("customers/customer", "account/unit", ("unit", unit));

    static async Task<string[]> SeenAsync(HttpClient browser)
    {
        using var json = JsonDocument.Parse(await browser.GetStringAsync("api/v1/customers.customer?sort=name"));
        return [.. json.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];
    }
}
