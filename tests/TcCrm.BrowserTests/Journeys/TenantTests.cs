using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class TenantTests(DemoSite site)
{
    [Fact]
    public async Task The_host_administrator_makes_a_tenant_and_stops_it_for_a_while()
    {
        await using var host = await site.VisitAsync(DemoSite.Host);
        await host.GoAsync("/host/tenants");
        await host.Link("New tenant").ClickAsync();
        await host.Field("Company name").FillAsync("Lantern Bikes");
        await host.Field("Address name").FillAsync("lantern");
        await host.Page.GetByRole(AriaRole.Radio, new() { Name = "Empty" }).Or(host.Page.Locator("[value=blank]")).First.CheckAsync(new() { Force = true });
        await host.Field("E-mail").FillAsync("owner@lantern.example");
        await host.Field("Password").FillAsync(DemoSite.Password);
        await host.Field("Password once more").FillAsync(DemoSite.Password);
        await host.Button("Set up").ClickAsync();
        await Assertions.Expect(host.Heading("lantern is ready")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await host.Link("Go to lantern").ClickAsync();
        await Assertions.Expect(host.Heading("Lantern Bikes")).ToBeVisibleAsync();

        await host.Button("Suspend").First.ClickAsync();
        await host.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Assertions.Expect(host.Button("Resume")).ToBeVisibleAsync();
        await using (var owner = await site.VisitAsync("lantern", user: null))
            Assert.Equal(503, (await owner.GoAsync("/sign-in")).Status);

        await host.Button("Resume").ClickAsync();
        await Assertions.Expect(host.Button("Suspend").First).ToBeVisibleAsync();
        await using (var owner = await site.VisitAsync("lantern", user: null))
            Assert.Equal(200, (await owner.GoAsync("/sign-in")).Status);
    }
}
