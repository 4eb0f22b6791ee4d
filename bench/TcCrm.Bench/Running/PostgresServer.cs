using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace TcCrm.Bench.Running;

/// <summary>A private PostgreSQL server; it and its data are gone when disposed.</summary>
sealed class PostgresServer : IAsyncDisposable
{
    readonly Process _script;
    readonly int _postmaster;

    PostgresServer(Process script, string connectionString, int postmaster) => (_script, ConnectionString, _postmaster) = (script, connectionString, postmaster);

    public string ConnectionString { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(BenchOptions.Root, "eng", "private-postgres.sh")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var connectionString = await script.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("There is no PostgreSQL server to start.");
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SHOW data_directory");
        var folder = (string)(await command.ExecuteScalarAsync())!;
        return new(script, connectionString, int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder, "postmaster.pid")))[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Of all its processes, those that have ended too.</summary>
    public double CpuMilliseconds() => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, CultureInfo.InvariantCulture, out _))
        .Select(n => int.Parse(n!, CultureInfo.InvariantCulture)).Where(pid => pid == _postmaster || ProcessFacts.ParentOf(pid) == _postmaster)
        .Sum(pid => ProcessFacts.CpuMilliseconds(pid, withEnded: pid == _postmaster));

    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
    }
}
