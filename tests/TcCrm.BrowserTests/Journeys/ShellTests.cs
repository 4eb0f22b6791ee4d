using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class ShellTests(DemoSite site)
{
    [Fact]
    public async Task The_palette_finds_a_page_and_a_record_by_keyboard_alone()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/");
        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Keyboard.TypeAsync("Features");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Features");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/features");

        await visitor.Page.Keyboard.PressAsync("Control+k");
        await visitor.Page.Keyboard.TypeAsync("C-000003");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("C-000003");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/customers/customer/C-000003");
    }

    [Fact]
    public async Task A_question_mark_shows_the_keys_and_escape_closes_them()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer");
        await visitor.Page.Keyboard.PressAsync("?");
        var sheet = visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Assertions.Expect(sheet).ToContainTextAsync("Search or jump");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_user_menu_leads_to_the_password_and_chooses_the_colours()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/");
        await visitor.OpenUserMenuAsync();
        await visitor.Button("Dark").ClickAsync();
        await Assertions.Expect(visitor.Html).ToHaveAttributeAsync("data-theme", "dark");
        await visitor.OpenUserMenuAsync();
        await Assertions.Expect(visitor.Button("Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await visitor.Link("Change the password").ClickAsync();
        await Assertions.Expect(visitor.Field("Present password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Theme_row_height_and_language_stay_as_chosen()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync("/customers/customer");
        await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Button("Switch between light and dark").ClickAsync(), "**/preferences");
        await visitor.OpenUserMenuAsync();
        await visitor.Button("Compact").ClickAsync();
        await Assertions.Expect(visitor.Html).ToHaveAttributeAsync("data-density", "compact");
        await visitor.OpenUserMenuAsync();
        await visitor.Button("中文").ClickAsync();
        await Assertions.Expect(visitor.Html).ToHaveAttributeAsync("lang", "zh-CN");

        await visitor.GoAsync("/features");
        await Assertions.Expect(visitor.Html).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(visitor.Html).ToHaveAttributeAsync("data-density", "compact");
        await Assertions.Expect(visitor.Heading("功能模块")).ToBeVisibleAsync();
        await visitor.OpenUserMenuAsync();
        await visitor.Button("English").ClickAsync();
        await Assertions.Expect(visitor.Heading("Features")).ToBeVisibleAsync();
    }
}
