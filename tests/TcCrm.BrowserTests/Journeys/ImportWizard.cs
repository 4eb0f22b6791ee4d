using System.Text;
using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Journeys;

/// <summary>The steps of an import as somebody takes them, in English, with a file of two good customers and a bad one, whose ids begin with the series.</summary>
static class ImportWizard
{
    static string File(string series) => $"Customer no.,Name,Phone,Kind\n{series}-1,纸船书店,13800138001,Company\n{series}-2,铜叶茶行,13800138002,Company\n{series}-3,错号公司,12,Company\n";

    /// <summary>Leads to the columns.</summary>
    public static async Task UploadAsync(Visitor visitor, string series)
    {
        await visitor.GoAsync("/customers/customer/import");
        await visitor.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "customers.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File(series)) });
        await visitor.Page.WaitForURLAsync("**/columns");
    }

    /// <summary>From the columns to the preview.</summary>
    public static async Task PreviewAsync(Visitor visitor)
    {
        await visitor.Page.GetByLabel("Field for the column Customer no.").SelectOptionAsync(new SelectOptionValue { Label = "External id" });
        await visitor.Button("Next: duplicates").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Radio, new() { Name = "External id" }).CheckAsync(new() { Force = true });
        await visitor.Button("Next: preview").ClickAsync();
        await Assertions.Expect(visitor.Figure("New")).ToHaveTextAsync("2", new() { Timeout = 60_000 });
    }

    /// <summary>From the columns to the result.</summary>
    public static async Task RunAsync(Visitor visitor)
    {
        await PreviewAsync(visitor);
        await visitor.Button("Import 2 rows").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/result", new() { Timeout = 60_000 });
    }

    public static string IdOf(Visitor visitor) => new Uri(visitor.Page.Url).Segments[^2].TrimEnd('/');
}
