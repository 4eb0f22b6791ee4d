using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class PhoneTests(DemoSite site)
{
    [Fact]
    public async Task On_a_phone_one_finds_a_customer_and_changes_it()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.NarrowAsync(390);
        await visitor.GoAsync("/");
        await visitor.Page.GetByRole(AriaRole.Navigation, new() { Name = "Quick navigation" }).GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("DEMO-0000021");
        await Assertions.Expect(visitor.Rows).ToHaveCountAsync(1);
        await visitor.Rows.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await visitor.Link("Edit").ClickAsync();
        await visitor.Field("Industry").FillAsync("Pottery");
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("saved");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Definition).Filter(new() { HasText = "Pottery" }).First).ToBeVisibleAsync();
        Assert.Equal(0, await visitor.OverflowAsync());
    }

    [Fact]
    public async Task On_a_phone_the_navigation_opens_over_the_page()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.NarrowAsync(390);
        await visitor.GoAsync("/customers/customer");
        await visitor.Button("More").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Complementary, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "Features" }).ClickAsync();
        await Assertions.Expect(visitor.Heading("Features")).ToBeVisibleAsync();
    }
}
