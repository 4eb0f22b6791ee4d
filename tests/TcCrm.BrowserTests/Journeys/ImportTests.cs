using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

public sealed class ImportTests(DemoSite site)
{
    [Fact]
    public async Task A_file_goes_through_all_steps_and_the_bad_row_is_told()
    {
        await using var visitor = await site.VisitAsync();
        await ImportWizard.UploadAsync(visitor, "EX");
        await visitor.Page.GoBackAsync();
        await visitor.Page.GoForwardAsync();
        await ImportWizard.PreviewAsync(visitor);
        await Assertions.Expect(visitor.Figure("Errors")).ToHaveTextAsync("1");
        await visitor.Button("Import 2 rows").ClickAsync();

        await visitor.Page.WaitForURLAsync("**/result", new() { Timeout = 60_000 });
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Link("Download and correct").ClickAsync());
        Assert.Contains("错号公司", await System.IO.File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await visitor.Link("Done").ClickAsync();
        await visitor.GoAsync("/customers/customer?filter=ExternalId:eq:EX-2");
        await Assertions.Expect(visitor.Rows).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Rows).ToContainTextAsync("铜叶茶行");
    }
}
