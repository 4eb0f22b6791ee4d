using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class SetUpTests(DemoSite demo)
{
    [Fact]
    public async Task A_company_sets_itself_up_and_signs_in()
    {
        await using var site = await Site.StartAsync();
        await using var visitor = await Visitor.ArriveAsync(demo.Browser, site.Address, "en");
        await visitor.GoAsync("/");
        await visitor.Page.WaitForURLAsync("**/setup");

        await visitor.Field("Company name").FillAsync("Northlight Tea");
        await visitor.Field("Address name").FillAsync("northlight");
        await visitor.Field("E-mail").First.FillAsync("owner@northlight.example");
        await visitor.Field("Password").First.FillAsync(DemoSite.Password);
        await visitor.Field("Password once more").FillAsync("something else");
        await visitor.Button("Set up").ClickAsync();

        await Assertions.Expect(visitor.Field("Password once more")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Field("Company name")).ToHaveValueAsync("Northlight Tea");
        await visitor.Field("Password").First.FillAsync(DemoSite.Password);
        await visitor.Field("Password once more").FillAsync(DemoSite.Password);
        await visitor.Button("Set up").ClickAsync();

        await visitor.Link("Go to northlight").ClickAsync(new() { Timeout = 60_000 });
        await visitor.Page.WaitForURLAsync("**/t/northlight/**");
        await visitor.TryPasswordAsync("owner@northlight.example", DemoSite.Password);
        await Assertions.Expect(visitor.Page.GetByText("Northlight Tea").First).ToBeVisibleAsync();
        Assert.Equal(404, (await visitor.GoAsync("/setup")).Status);
    }
}
