using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TcCrm.BrowserTests.Gate;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.BrowserTests.Journeys;

public sealed class SessionTests(DemoSite site)
{
    const string New = "/customers/customer/new";

    [Fact]
    public async Task What_was_typed_when_the_session_ended_comes_back_to_its_user_alone()
    {
        var mine = await UserAsync("typing-one");
        await UserAsync("typing-two");
        await using var visitor = await site.VisitAsync(user: null);
        await visitor.SignInAsync("typing-one", DemoSite.Password);
        await LoseAsync(visitor, mine, "青石物流");
        await visitor.TryPasswordAsync("typing-one", DemoSite.Password);
        await visitor.Page.WaitForURLAsync("**" + New);

        await Assertions.Expect(visitor.Field("Name")).ToHaveValueAsync("青石物流");
        await Assertions.Expect(visitor.Page.GetByText("What you typed is back")).ToBeVisibleAsync();
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Heading("青石物流")).ToBeVisibleAsync();

        await LoseAsync(visitor, mine, "红松五金");
        await visitor.TryPasswordAsync("typing-two", DemoSite.Password);
        await visitor.Page.WaitForURLAsync("**" + New);
        await Assertions.Expect(visitor.Field("Name")).ToHaveValueAsync("");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("() => sessionStorage.length"));
    }

    [Fact]
    public async Task A_form_of_a_session_that_is_over_says_what_to_do_and_gives_back_what_was_typed()
    {
        await UserAsync("typing-three");
        await using var visitor = await site.VisitAsync(user: null);
        visitor.Awaits = "status of 400";
        await visitor.SignInAsync("typing-three", DemoSite.Password);
        await visitor.GoAsync(New);
        await visitor.Field("Name").FillAsync("白桦印务");
        await visitor.Page.Context.ClearCookiesAsync(new() { NameRegex = new("crm") }); // another tab has signed out and in again
        await using (var again = await site.VisitAsync(user: null))
        {
            await again.SignInAsync("typing-three", DemoSite.Password);
            await visitor.Page.Context.AddCookiesAsync((await again.Page.Context.CookiesAsync()).Where(c => !c.Name.StartsWith("tc_", StringComparison.Ordinal)).Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = c.HttpOnly }));
        }
        await visitor.Button("Save").ClickAsync();

        await Assertions.Expect(visitor.Toast).ToContainTextAsync("This page has expired");
        await visitor.Button("Reload").ClickAsync();
        await Assertions.Expect(visitor.Field("Name")).ToHaveValueAsync("白桦印务");
        await visitor.Button("Save").ClickAsync();
        await Assertions.Expect(visitor.Heading("白桦印务")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_second_step_takes_the_code_as_soon_as_it_is_typed()
    {
        await UserAsync("with-app");
        await using var visitor = await site.VisitAsync(user: null);
        await visitor.SignInAsync("with-app", DemoSite.Password);
        await visitor.GoAsync("/account/second-factor");
        var secret = FromBase32(await visitor.Field("Key for the app").InputValueAsync());
        await visitor.Field("Type the code that the app shows now.").FillAsync(Code(secret, -1));
        await visitor.Button("Turn on").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".tc-codes li")).ToHaveCountAsync(RecoveryCode.Count);
        Assert.Empty(await Axe.FindingsAsync(visitor.Page, "codes", coloursOnly: false));

        await visitor.OpenUserMenuAsync();
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in");
        await visitor.TryPasswordAsync("with-app", DemoSite.Password);
        await visitor.Page.WaitForURLAsync("**/sign-in/code?*");
        Assert.Empty(await Axe.FindingsAsync(visitor.Page, "code", coloursOnly: false));
        await visitor.NarrowAsync(320);
        Assert.Equal(0, await visitor.OverflowAsync());
        await visitor.Field("Code").FillAsync(Code(secret, 1));
        await Assertions.Expect(visitor.Page.Locator("main")).ToBeVisibleAsync();
        await visitor.Page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Types a customer, and sends it when the session is over.</summary>
    async Task LoseAsync(Visitor visitor, Guid user, string name)
    {
        await visitor.GoAsync(New);
        await visitor.Field("Name").FillAsync(name);
        await InDemoAsync(s => s.GetRequiredService<UserSessions>().EndAllAsync(user, null, default));
        await visitor.Button("Save").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in?*");
    }

    Task<Guid> UserAsync(string name) => InDemoAsync(async services =>
    {
        var user = new CrmUser { UserName = name };
        Assert.Empty(await services.GetRequiredService<UserAccounts>().CreateAsync(user, DemoSite.Password, [CrmRole.Administrator], default));
        return user.Id;
    });

    Task<T> InDemoAsync<T>(Func<IServiceProvider, Task<T>> work) => site.Site.Services.GetRequiredService<TenantScopes>().RunAsync(DemoSite.Demo, work, default);

    static string Code(byte[] secret, int ahead) => Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + ahead);

    static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Where(c => c != ' ').Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
