using System.Net;
using TcCrm.Tests.Identity;
using TcCrm.Tests.Tenants;

namespace TcCrm.Tests.CommandLine;

/// <summary>A host that the environment tells which tenants there are to be.</summary>
public sealed class AutoSetupTests
{
    const string Secret = "Walnuss-Tisch-72";

    [Fact]
    public async Task Tenants_of_the_configuration_are_set_up_at_the_first_start_and_left_alone_at_the_next()
    {
        await using var folder = new DataFolder();
        var address = WebProcess.FreeAddress();
        var password = Path.Combine(folder.Path, "secret");
        await File.WriteAllTextAsync(password, Secret + "\n");
        var environment = Environment(("0__Name", "default"), ("0__AdminUser", "root"), ("0__AdminPasswordFile", password), ("1__Name", "acme"), ("1__Recipe", "retail-chain"), ("1__Language", "en"), ("1__AdminPasswordFile", password));
        for (var start = 1; start <= 2; start++)
        {
            await using var web = WebProcess.Start(folder.Path, null, null, environment, "--urls", address);
            await ReadyAsync(web, address);
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(address) };
            Assert.Equal(HttpStatusCode.Found, (await new Visitor(http).SignInAsync("acme", "admin", Secret)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/setup")).StatusCode);
            Assert.Equal(start == 1, web.Lines.Any(l => l.Contains("Recipe retail-chain ran", StringComparison.Ordinal)));
            Assert.DoesNotContain(web.Lines, l => l.Contains(Secret, StringComparison.Ordinal) || l.Contains(" fail: ", StringComparison.Ordinal) || l.Contains(" crit: ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_one_is_said_and_the_host_does_not_count_as_ready()
    {
        await using var folder = new DataFolder();
        var address = WebProcess.FreeAddress();
        await using (var web = WebProcess.Start(folder.Path, null, null, Environment(("0__Name", "acme"), ("0__AdminPasswordFile", "/no/such/file")), "--urls", address))
        {
            await web.LineAsync(l => l.Contains("acme", StringComparison.Ordinal) && l.Contains("/no/such/file", StringComparison.Ordinal));
            using var http = new HttpClient { BaseAddress = new(address) };
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/health/ready")).StatusCode);
        }
        Assert.Empty(await folder.ListAsync());
    }

    internal static async Task ReadyAsync(WebProcess web, string address)
    {
        await web.LineAsync(l => l.Contains("Application started", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = new(address) };
        await FirstSetUpTests.UntilAsync(async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    static Dictionary<string, string> Environment(params (string Key, string Value)[] settings) => settings.ToDictionary(s => "TcCrm__AutoSetup__" + s.Key, s => s.Value);
}
