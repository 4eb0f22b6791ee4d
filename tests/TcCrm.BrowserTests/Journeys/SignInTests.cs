using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class SignInTests(DemoSite site)
{
    [Fact]
    public async Task A_wrong_password_counts_down_to_the_lock()
    {
        await using var visitor = await site.VisitAsync(user: null);
        await visitor.GoAsync("/sign-in");
        for (var left = 4; left > 0; left--)
        {
            await visitor.TryPasswordAsync("nobody-known", "not the password");
            await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"{left} tries are left");
            await Assertions.Expect(visitor.Field("User name or mail address")).ToHaveValueAsync("nobody-known");
        }
        await visitor.TryPasswordAsync("nobody-known", "not the password");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Sign-in is locked");
    }

    [Fact]
    public async Task Whoever_signs_in_arrives_where_they_wanted_and_signs_out_again()
    {
        await using var visitor = await site.VisitAsync(user: null);
        await visitor.GoAsync("/customers/customer");
        await visitor.Page.WaitForURLAsync("**/sign-in?*");
        await visitor.TryPasswordAsync(DemoSite.Administrator, "not the password");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await visitor.TryPasswordAsync(DemoSite.Administrator, DemoSite.Password);
        await visitor.Page.WaitForURLAsync("**/customers/customer");

        await visitor.OpenUserMenuAsync();
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in");
        await visitor.GoAsync("/customers/customer");
        await visitor.Page.WaitForURLAsync("**/sign-in?*");
    }
}
