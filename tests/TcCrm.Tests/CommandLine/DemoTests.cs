using System.Net;

namespace TcCrm.Tests.CommandLine;

public sealed class DemoTests
{
    [Fact]
    public async Task One_command_makes_a_host_and_a_demo_and_prints_once_who_can_sign_in()
    {
        var data = Directory.CreateTempSubdirectory("tccrm-").FullName;
        var address = WebProcess.FreeAddress();
        try
        {
            await using (var first = WebProcess.Start(data, null, null, "--demo", "--urls", address))
            {
                using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(address) };
                await first.LineAsync(l => l.Contains("listening", StringComparison.Ordinal));
                var before = (await client.GetAsync("/health/ready")).StatusCode;
                await first.LineAsync(l => l.StartsWith("Shop assistant\t", StringComparison.Ordinal));
                Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (before, (await client.GetAsync("/health/ready")).StatusCode));
                var credentials = first.Lines.Select(l => l.Split('\t')).Where(p => p.Length == 4).ToList();
                Assert.Equal(["Administrator", "Head office", "Host administrator", "Shop assistant", "Store manager"], credentials.Select(c => c[0]).Order(StringComparer.Ordinal));
                Assert.All(credentials, c => Assert.Equal(c[0] == "Host administrator" ? address : address + "/t/demo", c[1]));
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/_content/TcCrm.Ui/icon.svg")).StatusCode);
            }
            await using var second = WebProcess.Start(data, null, null, "--demo", "--urls", address);
            await second.LineAsync(l => l.Contains("Application started", StringComparison.Ordinal));
            using var again = new HttpClient { BaseAddress = new(address) };
            await Tenants.FirstSetUpTests.UntilAsync(async () => (await again.GetAsync("/health/ready")).IsSuccessStatusCode);
            Assert.DoesNotContain(second.Lines, l => l.Contains('\t', StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
