using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class TypeTests(DemoSite site)
{
    [Fact]
    public async Task A_type_with_several_kinds_of_fields_is_made_by_keyboard_and_a_record_filled_in()
    {
        await using var visitor = await site.VisitAsync(DemoSite.Host);
        var page = visitor.Page;
        await visitor.GoAsync("/types/new");
        await visitor.Field("Name in Chinese").FillAsync("上门服务");
        await visitor.Field("Name in English").FillAsync("Site visit");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/types/content.site-visit");

        await AddAsync(page, "choice", "结果", "Result");
        await page.GetByLabel("Choice 1 in English").FillAsync("Repaired");
        await page.GetByLabel("Choice 2 in English").FillAsync("Open");
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.GetByLabel("Choice 1 in English")).ToHaveValueAsync("Open");
        await AddAsync(page, "number", "工时", "Hours");
        await visitor.Field("Smallest").FillAsync("1");

        await page.Locator("#row2").FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.Locator("#row1")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#row1")).ToHaveTextAsync("Hours");
        await Assertions.Expect(page.GetByText("Hours: place 2 of 3 in General")).ToBeAttachedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).PressAsync("Enter");
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("Site visit saved");

        await visitor.GoAsync("/content/site-visit/new");
        await visitor.Field("Name").FillAsync("Pump 7");
        await visitor.Field("Hours").FillAsync("0");
        await visitor.Field("Result").SelectOptionAsync("Repaired");
        await visitor.Field("Hours").PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Type a number from 1 on.").First).ToBeVisibleAsync();
        await visitor.Field("Hours").FillAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("Pump 7 saved");
        await visitor.GoAsync("/content/site-visit?filter=Hours:ge:3");
        await Assertions.Expect(page.Locator("#rows")).ToContainTextAsync("Repaired");
    }

    static async Task AddAsync(IPage page, string kind, string chinese, string english)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a field" }).PressAsync("Enter");
        await page.Locator($"[value='add:{kind}']").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#panel")).ToBeFocusedAsync();
        await page.GetByLabel("Label in Chinese").FillAsync(chinese);
        await page.GetByLabel("Label in English").FillAsync(english);
    }
}
