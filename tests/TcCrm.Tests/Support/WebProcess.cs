using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TcCrm.Tests;

/// <summary>The host as a process of its own, as users start it: for arguments, output, exit codes and being killed.</summary>
public sealed class WebProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly ConcurrentQueue<string> _lines = new();
    readonly ConcurrentQueue<string> _output = new();

    WebProcess(Process process) => _process = process;

    /// <summary>What it has written so far, standard output and error.</summary>
    public IReadOnlyCollection<string> Lines => _lines;
    /// <summary>Standard output alone, as another program would read it.</summary>
    public string Output => string.Join('\n', _output);
    public int ExitCode => _process.ExitCode;
    /// <summary>The most that it has had in memory so far, in bytes (Linux).</summary>
    public long PeakMemory => long.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) * 1024;

    static string Program => Path.Combine(SourceTree.Root, "src", "TcCrm.Web", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "TcCrm.Web.dll");

    /// <param name="seen">Called for each line as it comes, before the process can do much more.</param>
    public static WebProcess Start(string dataPath, string? postgres, Action<WebProcess, string>? seen, params IEnumerable<string> args) => Start(dataPath, postgres, seen, new Dictionary<string, string>(), args);

    /// <param name="environment">Variables that the process gets besides.</param>
    public static WebProcess Start(string dataPath, string? postgres, Action<WebProcess, string>? seen, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args]) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["TcCrm__DataPath"] = dataPath;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        if (postgres is not null) (start.Environment["TcCrm__Database__Provider"], start.Environment["TcCrm__Database__ConnectionString"]) = ("Postgres", postgres);
        var process = new Process { StartInfo = start };
        var web = new WebProcess(process);
        DataReceivedEventHandler take = (_, e) =>
        {
            if (e.Data is null) return;
            web._lines.Enqueue(e.Data);
            seen?.Invoke(web, e.Data);
        };
        process.OutputDataReceived += (_, e) => { if (e.Data is not null) web._output.Enqueue(e.Data); };
        process.OutputDataReceived += take;
        process.ErrorDataReceived += take;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return web;
    }

    public static async Task<WebProcess> RunAsync(string dataPath, string? postgres, params IEnumerable<string> args)
    {
        var web = Start(dataPath, postgres, null, args);
        await web.EndAsync();
        return web;
    }

    /// <summary>An address on this machine where nobody listens.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    public async Task EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await _process.WaitForExitAsync(patience.Token);
    }

    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (_lines.FirstOrDefault(wanted) is { } line) return line;
            if (_process.HasExited) throw new InvalidOperationException("The host has ended: " + string.Join('\n', _lines));
            await Task.Delay(50, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
