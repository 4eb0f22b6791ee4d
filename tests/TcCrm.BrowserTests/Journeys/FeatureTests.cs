using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class FeatureTests(DemoSite site)
{
    [Fact]
    public async Task A_feature_is_switched_on_and_after_a_question_off_again()
    {
        await using var visitor = await site.VisitAsync(DemoSite.Host);
        await visitor.GoAsync("/features");
        var customers = visitor.Page.GetByRole(AriaRole.Switch, new() { Name = "Customers" });
        var menu = visitor.Page.GetByRole(AriaRole.Complementary, new() { Name = "Main navigation" }).GetByRole(AriaRole.Link, new() { Name = "Customers", Exact = true });
        await Assertions.Expect(menu).ToHaveCountAsync(0);
        await customers.ClickAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("Switched on: Customers");
        await Assertions.Expect(menu).ToBeVisibleAsync();

        await customers.ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Switch off Customers?");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(customers).ToHaveAttributeAsync("aria-checked", "true");

        await customers.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Assertions.Expect(customers).ToHaveAttributeAsync("aria-checked", "false");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
    }
}
