using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Figures;

/// <summary>What do ten thousand registered tenants cost, most of which nobody visits?</summary>
sealed class TenantScale : Figure
{
    const int Registered = 10_000;
    const int Starts = 3;
    const int Requests = 50;
    const double MostStart = 1.1;
    const double MostPage = 50;
    static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public override string Name => "scale";
    public override string Title => "10,000 registered tenants";

    public override async Task<FigureTable> MeasureAsync(BenchOptions options)
    {
        if (!Directory.Exists(ManyTenants.DataPath) || ManyTenants.Read().Length < options.Tenants) await TenantMaking.RunAsync(options);
        var host = await HostVisitorAsync();
        try
        {
            var few = await StartAsync(options);
            await RegisterAsync(Registered);
            var many = await StartAsync(options);
            List<IReadOnlyList<string>> rows =
            [
                ["start, ms of CPU", FormattableString.Invariant($"{many:0} ({few:0} with {ManyTenants.Read().Length + 1} tenants)"), $"≤ {MostStart.ToString(CultureInfo.InvariantCulture)} times", FigureTable.Verdict(many <= few * MostStart)],
            ];
            rows.AddRange(await RunningAsync(options, host));
            return new(Name, Title, [$"SQLite, {Registered} lines in the registry beside {ManyTenants.Read().Length} tenants of `retail-chain` that are visited; a tenant is idle after {Idle.TotalSeconds:0} s here"], ["", "measured", "goal", "met"], rows);
        }
        finally
        {
            await RegisterAsync(0);
        }
    }

    /// <summary>Somebody who sees the host's page of tenants.</summary>
    static async Task<Visitor> HostVisitorAsync()
    {
        await using var workshop = await Workshop.OpenAsync(ManyTenants.DataPath);
        if (workshop.Registry.Find(Tenant.DefaultName) is null)
            await workshop.Services.GetRequiredService<SetUpTenants>().RunAsync([TenantWish.ForHost(new(Visitor.Name, Visitor.Password))], null, default);
        return await Visitor.OfAsync(workshop, Tenant.DefaultName);
    }

    static async Task RegisterAsync(int count)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(ManyTenants.DataPath, "tenants", "0-host", "crm.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            DELETE FROM tenant WHERE name LIKE 'empty-%';
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
            INSERT INTO tenant (name, engine, state, title, recipe, created_at, version)
            SELECT printf('empty-%05d', i), 'sqlite', 'Running', 'Company ' || i, 'retail-chain', '2026-01-01T00:00:00.0000000Z', 1 FROM n WHERE {count} > 0
            """;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The least of a few: what disturbs only adds.</summary>
    static async Task<double> StartAsync(BenchOptions options)
    {
        var least = double.MaxValue;
        for (var i = 0; i < Starts; i++)
        {
            await using var server = ServerProcess.StartProduct(options, ManyTenants.DataPath);
            using var client = LoadLoop.Client();
            await server.AnswersAsync(client, "health/ready");
            least = Math.Min(least, ProcessFacts.FineCpuMilliseconds(server.Id));
        }
        return least;
    }

    static async Task<IReadOnlyList<IReadOnlyList<string>>> RunningAsync(BenchOptions options, Visitor host)
    {
        await using var server = ServerProcess.StartProduct(options, ManyTenants.DataPath, canCollect: true, "--TcCrm:TenantIdleSeconds", Idle.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        using var client = LoadLoop.Client();
        await server.AnswersAsync(client, "health/ready");
        List<IReadOnlyList<string>> rows = [];
        foreach (var (what, query) in new[] { ("first page", ""), ("page in the middle", "?after=empty-05000"), ("search", "?q=empty-0777") })
        {
            var page = await PageAsync(server, client, host, "host/tenants" + query);
            rows.Add([$"list of tenants, {what}, ms of CPU", FormattableString.Invariant($"{page:0.0}"), FormattableString.Invariant($"< {MostPage:0}"), FigureTable.Verdict(page < MostPage)]);
        }
        rows.AddRange(await new WarmTenants(server, client, Idle).MeasureAsync(ManyTenants.Read()));
        return rows;
    }

    static async Task<double> PageAsync(ServerProcess server, HttpClient client, Visitor host, string path)
    {
        for (var i = 0; i < Requests; i++) await client.TextAsync(new(server.Address, path), "Cookie", host.Cookie);
        var before = ProcessFacts.FineCpuMilliseconds(server.Id);
        for (var i = 0; i < Requests; i++) await client.TextAsync(new(server.Address, path), "Cookie", host.Cookie);
        return (ProcessFacts.FineCpuMilliseconds(server.Id) - before) / Requests;
    }
}
