using System.Net;
using System.Net.Sockets;

namespace TcCrm.Tests.Hosting;

public sealed class HostStartTests
{
    [Fact]
    public async Task Every_registered_service_can_be_made()
    {
        await using var host = await TestHost.StartAsync(checksServices: true);
        Assert.NotNull(host.Services);
    }

    [Fact]
    public async Task A_taken_address_is_one_line_that_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var line = Assert.Single(await FailAsync("--urls", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"));
        Assert.Contains("address already in use", line, StringComparison.Ordinal);
        Assert.Contains("--urls", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--TcCrm:Database:Provider=Oracle", "Oracle")]
    [InlineData("--TcCrm:Proxies:0=the-proxy", "the-proxy")]
    public async Task A_wrong_setting_is_named(string argument, string named) =>
        Assert.Contains(named, Assert.Single(await FailAsync(argument, "--urls", WebProcess.FreeAddress())), StringComparison.Ordinal);

    static async Task<IReadOnlyCollection<string>> FailAsync(params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("tccrm-").FullName;
        try
        {
            await using var web = await WebProcess.RunAsync(data, null, arguments);
            Assert.Equal(1, web.ExitCode);
            return [.. web.Lines.Where(l => !l.Contains(" info: ", StringComparison.Ordinal))];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
