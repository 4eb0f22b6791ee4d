using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Pictures;

/// <summary>
/// Takes the pictures that people look at before a release: <c>eng/pictures.sh</c> says in <see cref="FolderVariable"/> where they go.
/// Without it only the picture of the README is taken, to see that it still can be.
/// </summary>
public sealed class PictureBook(DemoSite site)
{
    public const string FolderVariable = "TCCRM_PICTURES";
    const string Readme = "customers";

    static readonly string? Folder = Environment.GetEnvironmentVariable(FolderVariable);

    static readonly Dictionary<string, (string Path, string Tenant, string? User)> Pages = new()
    {
        ["setup"] = ("/setup", DemoSite.Nowhere, null),
        ["sign-in"] = ("/sign-in", DemoSite.Demo, null),
        ["home"] = ("/", DemoSite.Demo, DemoSite.Administrator),
        ["features"] = ("/features", DemoSite.Demo, DemoSite.Administrator),
        [Readme] = ("/customers/customer", DemoSite.Demo, DemoSite.Administrator),
        ["customer"] = ("/customers/customer/C-000012", DemoSite.Demo, DemoSite.Administrator),
        ["customer-edit"] = ("/customers/customer/C-000012/edit", DemoSite.Demo, DemoSite.Administrator),
        ["import"] = ("/customers/customer/import", DemoSite.Demo, DemoSite.Administrator),
        ["import-columns"] = ("/import/{previewed}/columns", DemoSite.Demo, DemoSite.Administrator),
        ["import-preview"] = ("/import/{previewed}/preview", DemoSite.Demo, DemoSite.Administrator),
        ["users"] = ("/users", DemoSite.Demo, DemoSite.Administrator),
        ["tenants"] = ("/host/tenants", DemoSite.Host, DemoSite.Administrator),
        ["tenant"] = ("/host/tenants/demo", DemoSite.Host, DemoSite.Administrator),
        ["organisation"] = ("/organisation", DemoSite.Demo, DemoSite.Administrator),
        ["unit"] = ("/organisation/unit/{unit}", DemoSite.Demo, DemoSite.Administrator),
        ["unit-move"] = ("/organisation/unit/{unit}/move", DemoSite.Demo, DemoSite.Administrator),
        ["print"] = ("/customers/customer/C-000012/print", DemoSite.Demo, DemoSite.Administrator),
        ["role-customers"] = ("/roles/{role}/types/customers.customer", DemoSite.Demo, DemoSite.Administrator),
        ["sign-in-provider"] = ("/sign-in-providers/{provider}", DemoSite.Demo, DemoSite.Administrator),
        ["person"] = ("/customers/customer/C-000012/personal-data", DemoSite.Demo, DemoSite.Administrator),
        ["contents"] = ("/contents?type={lead-type}", DemoSite.Demo, DemoSite.Administrator),
        ["content"] = ("/contents/{lead}", DemoSite.Demo, DemoSite.Administrator),
        ["terms"] = ("/contents/{taxonomy}", DemoSite.Demo, DemoSite.Administrator),
        ["content-list"] = ("/contents/{list}", DemoSite.Demo, DemoSite.Administrator),
        ["content-shown"] = ("/{content-path}", DemoSite.Demo, DemoSite.Administrator),
        ["roles"] = ("/roles", DemoSite.Demo, DemoSite.Administrator),
        ["role"] = ("/roles/{role}", DemoSite.Demo, DemoSite.Administrator),
        ["why"] = ("/why?type=customers.customer&record=C-000001&user=assistant", DemoSite.Demo, DemoSite.Administrator),
        ["audit"] = ("/audit", DemoSite.Demo, DemoSite.Administrator),
        ["account"] = ("/account", DemoSite.Demo, DemoSite.Administrator),
        ["settings"] = ("/settings", DemoSite.Demo, DemoSite.Administrator),
    };

    public static TheoryData<string, string, ColorScheme> Pictures()
    {
        var pictures = new TheoryData<string, string, ColorScheme>();
        foreach (var name in Folder is null ? [Readme] : Pages.Keys.ToArray())
            foreach (var language in Folder is null ? ["zh-CN"] : new[] { "zh-CN", "en" })
                foreach (var scheme in Folder is null ? [ColorScheme.Light] : new[] { ColorScheme.Light, ColorScheme.Dark })
                    pictures.Add(name, language, scheme);
        return pictures;
    }

    [Theory, MemberData(nameof(Pictures))]
    public async Task Is_taken(string name, string language, ColorScheme scheme)
    {
        var (path, tenant, user) = Pages[name];
        var folder = Directory.CreateDirectory(Folder ?? Path.Combine(Path.GetTempPath(), "tccrm-pictures")).FullName;
        await using var visitor = await site.VisitAsync(tenant, user, language, scheme);
        await visitor.GoAsync(await Gate.SampleIds.FillAsync(site, path));
        foreach (var width in new[] { 1440, 390 })
        {
            await visitor.NarrowAsync(width);
            var file = Path.Combine(folder, $"{name}-{language}-{scheme}-{width}.png".ToLowerInvariant());
            await visitor.Page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
            Assert.NotEqual(0, new FileInfo(file).Length);
        }
    }
}
