using System.Diagnostics;
using System.Text.Json;

namespace TcCrm.Bench.Running;

/// <summary>The generator's process, seen from here.</summary>
sealed class LoadGenerator : IAsyncDisposable
{
    readonly Process _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadGenerator).Assembly.Location, "load"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <exception cref="InvalidOperationException">An answer was not 200: the measurement would mean nothing.</exception>
    public async Task<BurstResult> RunAsync(Burst burst)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(burst));
        await _process.StandardInput.FlushAsync();
        var result = JsonSerializer.Deserialize<BurstResult>(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The generator has ended."))!;
        return result.Failed == 0 ? result : throw new InvalidOperationException($"{result.Failed} of {result.Done} answers were not 200: {burst.Urls[0]}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
