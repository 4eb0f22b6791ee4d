using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class ListTests(DemoSite site)
{
    [Fact]
    public async Task A_filter_a_sort_and_a_page_have_an_address_that_leads_back_to_them()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer");
        await visitor.Button("Filter").ClickAsync();
        await visitor.Page.Locator("#m-f").GetByRole(AriaRole.Button, new() { Name = "Kind" }).ClickAsync();
        await visitor.Page.GetByLabel("Value").SelectOptionAsync("Person");
        await visitor.Button("Apply").ClickAsync();
        await Assertions.Expect(visitor.Button("Remove the filter on Kind")).ToBeVisibleAsync();

        await visitor.Page.GetByRole(AriaRole.Columnheader).GetByRole(AriaRole.Link, new() { Name = "Name" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("th[aria-sort=ascending]")).ToHaveTextAsync("Name");
        var firstPage = await visitor.Rows.First.InnerTextAsync();
        var filtered = visitor.Page.Url;

        await visitor.Link("Next page").ClickAsync();
        await Assertions.Expect(visitor.Rows.First).Not.ToHaveTextAsync(firstPage, new() { UseInnerText = true });
        var secondPage = await visitor.Rows.First.InnerTextAsync();
        var deep = visitor.Page.Url;

        await visitor.Page.GoBackAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(filtered);
        await Assertions.Expect(visitor.Rows.First).ToHaveTextAsync(firstPage, new() { UseInnerText = true });

        await using var colleague = await site.VisitAsync();
        await colleague.Page.GotoAsync(deep);
        await Assertions.Expect(colleague.Rows.First).ToHaveTextAsync(secondPage, new() { UseInnerText = true });
        await Assertions.Expect(colleague.Button("Remove the filter on Kind")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task U1_U2_U3_a_view_keeps_alternatives_and_columns_and_is_there_for_the_next_visit()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer?filter=Kind:eq:Person&sort=-Name");
        await visitor.Link("or…").ClickAsync();
        await visitor.Page.GetByLabel("Filter by").SelectOptionAsync("Kind");
        await visitor.Button("Go on").ClickAsync();
        await visitor.Page.GetByLabel("Value").SelectOptionAsync("Dealer");
        await visitor.Button("Apply").ClickAsync();
        await Assertions.Expect(visitor.Button("Remove the filter on Kind")).ToHaveCountAsync(2);

        await visitor.Button("Save view").ClickAsync();
        await visitor.Page.GetByLabel("Name of the new view").FillAsync("个人和经销商");
        await visitor.Button("Save as a new view").ClickAsync();
        var tab = visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Link, new() { Name = "个人和经销商" });
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-current", "page");

        await visitor.Link("Columns of the list").ClickAsync();
        await visitor.Button("Move Kind up").PressAsync("Enter");
        await visitor.Page.GetByLabel("Tags", new() { Exact = true }).UncheckAsync();
        await visitor.Page.Locator(".lst-colp").GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Tags" })).ToHaveCountAsync(0);
        await visitor.Button("Save view").ClickAsync();
        await visitor.Button("Save the changes to 个人和经销商").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("个人和经销商 saved")).ToBeVisibleAsync();
        var first = await visitor.Rows.First.GetByRole(AriaRole.Link).First.InnerTextAsync();

        await visitor.GoAsync("/customers/customer");
        await tab.ClickAsync();
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-current", "page");
        await Assertions.Expect(visitor.Rows.First.GetByRole(AriaRole.Link).First).ToHaveTextAsync(first);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Columnheader).Nth(2)).ToHaveTextAsync("Kind");
        await visitor.GoAsync("/customers/customer/views");
        await visitor.Button("Remove 个人和经销商").ClickAsync();
        await Assertions.Expect(visitor.Page.GetByText("The view is removed")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Quick_search_narrows_while_one_types_and_offers_a_way_out()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer");
        await visitor.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(visitor.Page.Locator("[data-tc-search]")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.TypeAsync("DEMO-0000042");
        await Assertions.Expect(visitor.Rows).ToHaveCountAsync(1);
        await visitor.Page.Keyboard.TypeAsync("9");
        await Assertions.Expect(visitor.Page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await visitor.Link("Clear the filters").ClickAsync();
        await Assertions.Expect(visitor.Rows).ToHaveCountAsync(25);
    }

    [Fact]
    public async Task Rows_are_walked_and_opened_by_keyboard()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer");
        var second = await visitor.Rows.Nth(1).GetByRole(AriaRole.Link).First.InnerTextAsync();
        await visitor.Page.Keyboard.PressAsync("j");
        await visitor.Page.Keyboard.PressAsync("j");
        await visitor.Page.Keyboard.PressAsync("x");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("1 selected");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Heading(second)).ToBeVisibleAsync();
    }
}
