using System.Diagnostics;

namespace TcCrm.Bench.Running;

/// <summary>The measured process: the product's Release build as users start it, or a baseline.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Process _process;

    PostgresServer? _database;

    ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }
    public int Id => _process.Id;

    public static ServerProcess StartProduct(BenchOptions options, string dataPath, bool canCollect = false, params string[] settings) => Start(
        Path.Combine(BenchOptions.Root, "src", "TcCrm.Web", "bin", "Release", "net10.0", "TcCrm.Web.dll"), options.Port,
        canCollect ? typeof(ServerProcess).Assembly.Location : null, ["--urls", $"http://127.0.0.1:{options.Port}", "--TcCrm:DataPath", dataPath, .. settings]);

    public static ServerProcess StartProduct(BenchOptions options, string dataPath, PostgresServer database)
    {
        var server = Start(Path.Combine(BenchOptions.Root, "src", "TcCrm.Web", "bin", "Release", "net10.0", "TcCrm.Web.dll"), options.Port, null, "--urls", $"http://127.0.0.1:{options.Port}",
            "--TcCrm:DataPath", dataPath, "--TcCrm:Database:Provider", "Postgres", "--TcCrm:Database:ConnectionString", database.ConnectionString);
        server._database = database;
        return server;
    }

    public static ServerProcess StartBaseline(BenchOptions options, string name, params string[] arguments) => Start(
        typeof(ServerProcess).Assembly.Location, options.Port + 1, null, [name, "--url", $"http://127.0.0.1:{options.Port + 1}", .. arguments]);

    /// <summary>Its own, and that of its database server.</summary>
    public double CpuMilliseconds() => ProcessFacts.CpuMilliseconds(Id) + (_database?.CpuMilliseconds() ?? 0);

    /// <summary>Until the port is open.</summary>
    public async Task ListensAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience && !_process.HasExited)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            try
            {
                await socket.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(10);
            }
        }
        throw new InvalidOperationException("The server did not open its port.");
    }

    /// <summary>Until the address answers 200, asked every 10 ms.</summary>
    public async Task AnswersAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Patience && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Address, path));
                if ((int)answer.StatusCode == 200) return;
                if ((int)answer.StatusCode < 500) throw new InvalidOperationException($"{path} answers {(int)answer.StatusCode}.");
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(10);
        }
        throw new InvalidOperationException($"The server did not answer at {path}.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    static ServerProcess Start(string assembly, int port, string? hook, params string[] arguments)
    {
        if (!File.Exists(assembly)) throw new InvalidOperationException($"{Path.GetFileName(assembly)} is not built: build the solution with -c Release.");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(assembly), RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        if (hook is not null) start.Environment["DOTNET_STARTUP_HOOKS"] = hook;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new(process, new($"http://127.0.0.1:{port}/"));
    }

    static void Tell(string? line)
    {
        if (!string.IsNullOrEmpty(line)) Console.Error.WriteLine("  server: " + line);
    }
}
