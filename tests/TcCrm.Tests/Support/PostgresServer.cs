using System.Diagnostics;

namespace TcCrm.Tests;

/// <summary>
/// The PostgreSQL server of this test run: the one named by <c>TCCRM_TEST_POSTGRES</c>, else a private one that
/// starts with the first test that asks and ends with this process.
/// </summary>
public static class PostgresServer
{
    /// <summary>Kept, or its collection would close the input that holds the server.</summary>
    static Process? _script;
    static readonly Lazy<Task<string>> Server = new(StartAsync);

    /// <summary>Connection string of a superuser to the server's maintenance database.</summary>
    /// <exception cref="InvalidOperationException">There is no server and none can be started; the message says what to do.</exception>
    public static Task<string> ConnectionStringAsync() => Server.Value;

    static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("TCCRM_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        if (OperatingSystem.IsWindows())
            throw new InvalidOperationException("Set TCCRM_TEST_POSTGRES to the connection string of a PostgreSQL superuser; a private server starts on Unix only.");

        // The script holds the server until its standard input closes, which the end of this process does, whatever ends it.
        _script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(SourceTree.Root, "eng", "private-postgres.sh")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = _script.StandardError.ReadToEndAsync();
        return await _script.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"No PostgreSQL for the tests. Install its server or set TCCRM_TEST_POSTGRES. {await said}");
    }
}
