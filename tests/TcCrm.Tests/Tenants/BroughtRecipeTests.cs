using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Tenants;

/// <summary>A company set up from a file that somebody brings with the form.</summary>
public sealed partial class BroughtRecipeTests
{
    const string Password = "Walnuss-Tisch-72";
    const string New = "/host/tenants/new";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_portable_sample_sets_a_company_up_though_the_form_was_wrong_at_first(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        var root = await SignedInAsync(host);
        var sample = await File.ReadAllBytesAsync(Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes", "portable-sample.recipe.json"));

        var page = await (await SendAsync(root, "Not A Name", sample)).Content.ReadAsStringAsync();
        Assert.Contains("href=\"#Form_Name\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#Form_Recipe\"", page, StringComparison.Ordinal);
        Assert.Contains("own.recipe.json", page, StringComparison.Ordinal);
        var progress = (await SendAsync(root, "yunshan", null, Kept().Match(page).Groups[1].Value)).Headers.Location!.ToString();
        await FirstSetUpTests.UntilAsync(async () => !(await root.ReadAsync(progress)).Contains("hx-trigger", StringComparison.Ordinal));

        Assert.Equal(TenantState.Running, host.Services.GetRequiredService<TenantRegistry>().Find("yunshan")!.State);
        Assert.Equal(["Account", "Lead"], await host.InAsync("yunshan", s => s.GetRequiredService<CrmDbContext>().Set<ContentItem>().Where(i => i.ContentType == "Lead" || i.ContentType == "Account").Select(i => i.ContentType).Distinct().Order().ToListAsync()));
        Assert.Empty(Directory.GetDirectories(Path.Combine(host.DataPath, "brought")));
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_with_its_place_and_nothing_is_set_up()
    {
        await using var host = await TestHost.StartAsync();
        var root = await SignedInAsync(host);
        var broken = Encoding.UTF8.GetBytes("{ \"name\": \"x\", \"steps\": [\n  { \"name\": \"teleport\" },\n  { \"name\": \"Roles\", \"Roles\": [{}] } ] }");
        foreach (var (file, said) in new[] { (broken, "$.steps[0] (line 2)"), (broken, "$.steps[1].Roles[0].Name (line 3)"), ("no JSON"u8.ToArray(), "(line 1)"), (null, "#Form_Recipe") })
            Assert.Contains(said, WebUtility.HtmlDecode(await (await SendAsync(root, "yunshan", file)).Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Null(host.Services.GetRequiredService<TenantRegistry>().Find("yunshan"));
    }

    [Fact]
    public async Task A_file_of_this_machine_cannot_be_named_in_the_form()
    {
        await using var host = await TestHost.StartAsync();
        var root = await SignedInAsync(host);
        var outside = Path.Combine(SourceTree.Root, "recipes", "blank.recipe.json");
        foreach (var (recipe, kept) in new[] { (outside, ""), ("", outside), ("", "../../recipes"), ("", new string('0', 32)) })
            Assert.Contains("href=\"#Form_Recipe\"", await (await SendAsync(root, "yunshan", null, kept, recipe)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(host.Services.GetRequiredService<TenantRegistry>().Find("yunshan"));
    }

    static async Task<HttpResponseMessage> SendAsync(Visitor root, string name, byte[]? file, string kept = "", string recipe = "")
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in new[] { ("__RequestVerificationToken", await root.TokenAsync(New)), ("Form.Title", "云杉商贸"), ("Form.Name", name), ("Form.Language", "en"), ("Form.Zone", "Asia/Shanghai"), ("Form.Recipe", recipe), ("Form.Kept", kept), ("Form.Email", "boss@yunshan.example"), ("Form.Password", Password), ("Form.Repeat", Password) })
            form.Add(new StringContent(value), field);
        if (file is not null) form.Add(new ByteArrayContent(file), "Form.Brought", "own.recipe.json");
        using var request = new HttpRequestMessage(HttpMethod.Post, New) { Content = form };
        request.Headers.Add("Accept-Language", "en");
        return await root.Http.SendAsync(request);
    }

    static async Task<Visitor> SignedInAsync(TestHost host)
    {
        await host.Services.GetRequiredService<SetUpTenants>().RunAsync([TenantWish.ForHost(new("root", Password)) with { Language = "en" }], null, default);
        var visitor = Visitor.At(host);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/sign-in", [("Name", "root"), ("Password", Password)])).StatusCode);
        return visitor;
    }

    [GeneratedRegex("""name="Form.Kept" value="([0-9a-f]{32})""")]
    private static partial Regex Kept();
}
