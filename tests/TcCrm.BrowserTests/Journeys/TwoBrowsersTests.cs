using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Tenants;

namespace TcCrm.BrowserTests.Journeys;

/// <summary>A clerk of one store and the head office side by side, on the demonstration's data.</summary>
public sealed class TwoBrowsersTests(DemoSite site)
{
    [Fact]
    public async Task A_clerk_and_head_office_see_the_same_list_differently_and_are_told_why()
    {
        await EmployAsync("assistant");
        await EmployAsync("head-office");
        await using var clerk = await site.VisitAsync(user: "assistant");
        await using var office = await site.VisitAsync(user: "head-office");

        await clerk.GoAsync("/customers/customer?sort=Name");
        await office.GoAsync("/customers/customer?sort=Name");
        var (near, all) = (await CountAsync(clerk), await CountAsync(office));
        Assert.InRange(near, 1, all - 1);
        Assert.Contains("****", await clerk.Page.Locator("#rows").InnerTextAsync());
        Assert.DoesNotContain("****", await office.Page.Locator("#rows").InnerTextAsync());

        await office.GoAsync("/customers/customer?filter=UnitId:empty:false&sort=-Number");
        var links = await office.Page.Locator("#rows th a").EvaluateAllAsync<string[]>("links => links.map(l => new URL(l.href).pathname.replace(/^\\/t\\/demo/, ''))");
        var hidden = "";
        foreach (var link in links)
            if ((await clerk.GoAsync(link)).Status == 404) hidden = link;
        Assert.NotEqual("", hidden);
        Assert.Equal(200, (await office.GoAsync(hidden)).Status);

        await clerk.GoAsync("/customers/customer");
        await clerk.Page.Locator("#rows th a").First.ClickAsync();
        await clerk.Link("Why can I see this?").ClickAsync();
        await Assertions.Expect(clerk.Page.GetByText("The role Shop assistant reaches the records of these units: 湖滨店.").First).ToBeVisibleAsync();
        await using var admin = await site.VisitAsync();
        await admin.GoAsync($"/why?type=customers.customer&record={hidden[(hidden.LastIndexOf('/') + 1)..]}&user=assistant");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Why can 店员演示 not see this?" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_works_in_several_units_sees_at_every_width_which_one_is_meant()
    {
        await EmployAsync("store-manager");
        await site.Site.InAsync(DemoSite.Demo, async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var manager = await db.Users.Where(u => u.UserName == "store-manager").Select(u => u.Id).SingleAsync();
            var other = await db.Set<Unit>().Where(u => u.Name == "运河店").Select(u => u.Id).SingleAsync();
            db.Add(new Assignment { UserId = manager, UnitId = other, Duty = "代理店长" });
            await db.SaveChangesAsync();
            await services.GetRequiredService<TenantRegistry>().TouchAsync(DemoSite.Demo, default);
            return true;
        });
        await using var visitor = await site.VisitAsync(user: "store-manager");
        await visitor.GoAsync("/customers/customer");
        var all = await LooksAsync(visitor, "All my units");
        await visitor.Page.Locator(".tc-unit").ClickAsync();
        await visitor.Button("运河店").ClickAsync();
        Assert.NotEqual(all, await LooksAsync(visitor, "运河店"));
    }

    /// <summary>The background of the switch, which is to be seen on a desk and on a phone.</summary>
    static async Task<string> LooksAsync(Visitor visitor, string choice)
    {
        var unit = visitor.Page.Locator(".tc-unit");
        foreach (var width in (int[])[320, 390, 1440])
        {
            await visitor.NarrowAsync(width);
            await Assertions.Expect(unit).ToBeInViewportAsync(new() { Ratio = 1 });
            await Assertions.Expect(unit).ToContainTextAsync(choice);
        }
        return await unit.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");
    }

    /// <summary>They come from the recipe with a password that nobody was told here.</summary>
    Task<bool> EmployAsync(string name) => site.Site.InAsync(DemoSite.Demo, async services =>
    {
        var users = services.GetRequiredService<UserManager<CrmUser>>();
        var user = (await users.FindByNameAsync(name))!;
        user.MustChangePassword = false;
        Assert.True((await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), DemoSite.Password)).Succeeded);
        return true;
    });

    static async Task<int> CountAsync(Visitor visitor) =>
        int.Parse(new string([.. (await (await visitor.Page.APIRequest.GetAsync(visitor.Page.Url.Split('?')[0] + "?handler=Count")).TextAsync()).Where(char.IsAsciiDigit)]), System.Globalization.CultureInfo.InvariantCulture);
}
