using System.Text.Json;

namespace TcCrm.Tests.CommandLine;

/// <summary>A data folder for processes of their own that run verbs on it.</summary>
sealed class DataFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tccrm-").FullName;

    public async Task<IReadOnlyCollection<string>> RunAsync(int code, params string[] arguments)
    {
        await using var web = await WebProcess.RunAsync(Path, null, arguments);
        Assert.True(web.ExitCode == code, $"{string.Join(' ', arguments)}: {web.ExitCode}\n{string.Join('\n', web.Lines)}");
        return web.Lines;
    }

    public async Task<List<(string Name, string State)>> ListAsync()
    {
        var json = string.Concat(await RunAsync(0, "tenant", "list", "--json"));
        return [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(t => (t.GetProperty("name").GetString()!, t.GetProperty("state").GetString()!))];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }
}
