using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class CustomerTests(DemoSite site)
{
    const string List = "/customers/customer";

    [Fact]
    public async Task A_bad_phone_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync(List + "/new");
        await visitor.Field("Name").FillAsync("蓝风筝印务");
        await visitor.Field("Phone").FillAsync("12");
        await visitor.Button("Save").ClickAsync();

        await Assertions.Expect(visitor.Field("Phone")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Field("Phone")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Field("Name")).ToHaveValueAsync("蓝风筝印务");
        await visitor.Field("Phone").FillAsync("13800138000");
        await visitor.Button("Save").ClickAsync();

        await Assertions.Expect(visitor.Heading("蓝风筝印务")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("蓝风筝印务 saved");
    }

    [Fact]
    public async Task A_double_click_on_save_makes_one_record()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync(List + "/new");
        await visitor.Field("Name").FillAsync("双击公司");
        await visitor.Button("Save").DblClickAsync();
        await Assertions.Expect(visitor.Heading("双击公司")).ToBeVisibleAsync();

        await visitor.GoAsync(List + "?filter=Name:eq:双击公司");
        await Assertions.Expect(visitor.Rows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Two_who_edit_at_once_choose_field_by_field()
    {
        await using var mine = await site.VisitAsync();
        var address = await CreateAsync(mine, "共桌公司");
        await mine.GoAsync(address + "/edit");
        await using var theirs = await site.VisitAsync();
        await theirs.GoAsync(address + "/edit");
        await theirs.Field("Industry").FillAsync("Retail");
        await theirs.Field("City").FillAsync("Harbour Town");
        await theirs.Button("Save").ClickAsync();
        await Assertions.Expect(theirs.Heading("共桌公司")).ToBeVisibleAsync();

        await mine.Field("Industry").FillAsync("Wholesale");
        await mine.Button("Save").ClickAsync();
        await Assertions.Expect(mine.Page.GetByText("Somebody else has saved this record meanwhile.")).ToBeVisibleAsync();
        await mine.Page.GetByRole(AriaRole.Radio, new() { Name = "Yours · Industry" }).CheckAsync();
        await mine.Button("Save").ClickAsync();

        await Assertions.Expect(mine.Page.GetByRole(AriaRole.Definition).Filter(new() { HasText = "Wholesale" }).First).ToBeVisibleAsync();
        await Assertions.Expect(mine.Page.GetByRole(AriaRole.Definition).Filter(new() { HasText = "Harbour Town" }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_was_deleted_comes_back_with_undo()
    {
        await using var visitor = await site.VisitAsync();
        var address = await CreateAsync(visitor, "明日公司");
        await visitor.Button("Delete").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("moved to the recycle bin");
        await visitor.Toast.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(visitor.Rows.Filter(new() { HasText = "明日公司" })).ToBeVisibleAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        Assert.Equal(200, (await visitor.GoAsync(address)).Status);
    }

    [Fact]
    public async Task What_lies_in_the_recycle_bin_is_restored_from_there()
    {
        await using var visitor = await site.VisitAsync();
        var address = await CreateAsync(visitor, "回收公司");
        await visitor.Button("Delete").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("moved to the recycle bin");
        Assert.Equal(404, (await visitor.GoAsync(address)).Status);

        await visitor.GoAsync(List + "/bin");
        await visitor.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "回收公司" }).GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Assertions.Expect(visitor.Toast).ToBeVisibleAsync();
        Assert.Equal(200, (await visitor.GoAsync(address)).Status);
    }

    [Fact]
    public async Task A_lost_connection_keeps_what_was_typed()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync(List + "/new");
        await visitor.Field("Name").FillAsync("断线公司");
        await visitor.CutOffAsync();
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Toast).ToContainTextAsync("The network is not answering");
        await Assertions.Expect(visitor.Field("Name")).ToHaveValueAsync("断线公司");
        await Assertions.Expect(visitor.Page.Locator("#form")).ToHaveAttributeAsync("data-tc-dirty", "1");

        await visitor.ConnectAsync();
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Heading("断线公司")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_customer_is_made_by_keyboard_alone()
    {
        await using var visitor = await site.VisitAsync();
        await visitor.GoAsync(List);
        await visitor.Page.Keyboard.PressAsync("c");
        await visitor.Page.WaitForURLAsync("**/new");
        for (var pressed = 0; pressed < 60 && !await visitor.Field("Name").EvaluateAsync<bool>("field => field === document.activeElement"); pressed++) await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync("键盘公司");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Heading("键盘公司")).ToBeVisibleAsync();
    }

    /// <summary>Leaves the visitor on the record's page.</summary>
    /// <returns>Its address inside the tenant.</returns>
    static async Task<string> CreateAsync(Visitor visitor, string name)
    {
        await visitor.GoAsync(List + "/new");
        await visitor.Field("Name").FillAsync(name);
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Heading(name)).ToBeVisibleAsync();
        return new Uri(visitor.Page.Url).AbsolutePath[DemoSite.PathOf(DemoSite.Demo).Length..];
    }
}
