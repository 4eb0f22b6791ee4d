using System.Diagnostics;

namespace TcCrm.Tests.Modules.ThirdParty;

/// <summary>Commands of a document, run in an empty folder. What is built stays there, and packages come from there or have been restored before.</summary>
static class Shell
{
    public static async Task RunAsync(string folder, IEnumerable<string> blocks)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", string.Join('\n', blocks)]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment(folder)) start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(patience.Token), shell.StandardError.ReadToEndAsync(patience.Token));
        await shell.WaitForExitAsync(patience.Token);
        Assert.True(shell.ExitCode == 0, await output + await errors);
    }

    static Dictionary<string, string> Environment(string folder) => new()
    {
        ["TCCRM"] = SourceTree.Root,
        ["CONFIGURATION"] = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug",
        ["RestoreSources"] = Path.Combine(folder, "feed"),
        ["RestorePackagesPath"] = Path.Combine(folder, "packages"),
        ["RestoreFallbackFolders"] = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        // No server that outlives the command and holds its output open.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
    };
}
