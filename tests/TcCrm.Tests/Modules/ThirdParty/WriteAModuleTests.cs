using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Modules.ThirdParty;

/// <summary>Does what the page for authors of modules says, with the commands that stand there.</summary>
public sealed partial class WriteAModuleTests
{
    const string Module = "TcCrm.Sample.LoyaltyStamps";
    static readonly string Page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/how-to/write-a-module.md"));

    [Fact]
    public async Task The_how_to_leads_from_the_source_to_a_tenant_that_uses_the_module()
    {
        var folder = Directory.CreateTempSubdirectory("tccrm-").FullName;
        try
        {
            await Shell.RunAsync(folder, Blocks("bash"));
            using var modules = new ModulesFolder(Path.Combine(folder, "modules"));
            modules.Add("Broken", "[assembly: TcCrm.Module] public class Startup : TcCrm.StartupBase { public override void MapEndpoints(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder e) => throw new System.MissingMethodException(\"gone\"); }");
            await using var host = await TestHost.StartAsync(modulesPath: modules.Path);
            foreach (var tenant in new[] { "default", "shop", "office" })
            {
                await host.CreateTenantAsync(tenant);
                await host.AddUserAsync(tenant, "admin");
            }
            var recipe = RecipeFile.Read("coffee-shop", Encoding.UTF8.GetBytes(Assert.Single(Blocks("json"))), new NullFileProvider());
            Assert.Empty((await host.Services.GetRequiredService<TenantRecipes>().RunAsync("shop", recipe, default)).Problems);

            await IsUsedAsync(host);
            await IsNotThereAsync(host);
            await IsShownToTheOperatorAsync(host);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task IsUsedAsync(TestHost host)
    {
        var browser = await host.ClientAsync("shop", "admin");
        var board = WebUtility.HtmlDecode(await browser.GetStringAsync("stamps/board"));
        Assert.Contains("快集满的卡", board, StringComparison.Ordinal);
        Assert.Contains("已集 8/10 个印章", board, StringComparison.Ordinal);
        Assert.Contains("/_content/TcCrm.Sample.LoyaltyStamps/stamps.css", board, StringComparison.Ordinal);
        Assert.Contains(".stamps", await browser.GetStringAsync("/_content/TcCrm.Sample.LoyaltyStamps/stamps.css"), StringComparison.Ordinal);
        Assert.Contains("/stamps/board", await browser.GetStringAsync(""), StringComparison.Ordinal);

        var program = await host.ApiClientAsync("shop", "admin");
        var customer = await IdAsync(await program.PostAsJsonAsync("api/v1/customers.customer", new { name = "青山" }));
        var full = await IdAsync(await program.PostAsJsonAsync("api/v1/stamps.card", new { name = "九", stamps = 9, customerId = customer }));
        Assert.Contains("已集 9/10 个印章", WebUtility.HtmlDecode(await browser.GetStringAsync($"customers/customer/{customer}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync($"api/stamps/{full}", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await program.PostAsync($"api/stamps/{full}", null)).StatusCode);
        Assert.Equal(2, (await program.GetFromJsonAsync<JsonElement>("api/v1/stamps.card")).GetProperty("items").GetArrayLength());
    }

    static async Task IsNotThereAsync(TestHost host)
    {
        var browser = await host.ClientAsync("office", "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("stamps/board")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("stamps/card")).StatusCode);
        Assert.DoesNotContain("stamps", await browser.GetStringAsync(""), StringComparison.Ordinal);
        var program = await host.ApiClientAsync("office", "admin");
        Assert.Equal(HttpStatusCode.NotFound, (await program.GetAsync("api/v1/stamps.card")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.PostAsync($"api/stamps/{Guid.CreateVersion7()}", null)).StatusCode);
        Assert.Contains("第三方，完全信任", WebUtility.HtmlDecode(await browser.GetStringAsync("features")), StringComparison.Ordinal);
    }

    static async Task IsShownToTheOperatorAsync(TestHost host)
    {
        Assert.Equal("Example Modules", host.Services.GetRequiredService<ModuleCatalog>().Find(Module)!.Author);
        var root = host.CreateClient(new() { HandleCookies = false });
        root.DefaultRequestHeaders.Add("Cookie", await host.CookieAsync("default", "admin"));
        Assert.Contains("无法建立它的地址：gone", WebUtility.HtmlDecode(await root.GetStringAsync("/host/tenants")), StringComparison.Ordinal);
    }

    static async Task<string> IdAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    static IEnumerable<string> Blocks(string language) => Block().Matches(Page).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["text"].Value);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
