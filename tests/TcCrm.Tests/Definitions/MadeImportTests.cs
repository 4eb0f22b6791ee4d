using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;
using TcCrm.Tests.CommandLine;

namespace TcCrm.Tests.Definitions;

/// <summary>A wholesaler's year of lines goes into a type made in the browser; the host is killed half-way and the next one goes on.</summary>
public sealed class MadeImportTests
{
    const string Type = "content.line";
    const long MostMemory = 400L * 1024 * 1024;
    static readonly bool IsLong = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1";
    static int Rows => IsLong ? 541_909 : 8_000;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_line_is_there_once_with_its_decimals_and_every_field_has_its_index(string engine)
    {
        Assert.SkipUnless(engine == "sqlite" || IsLong, "With the long proofs; here SQLite stands for both.");
        await using var host = await TestHost.StartAsync(engine, runsJobs: false);
        await host.CreateTenantAsync("acme");
        Assert.Empty(await host.InAsync("acme", services => services.GetRequiredService<DefineTypes>().SaveAsync(Definition, null, default)));
        await host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default); // builds the indexes
        var (csv, rows, worth) = Lines();
        var (import, job) = await QueueAsync(host, csv);

        var (memory, begun) = (0L, TimeProvider.System.GetTimestamp());
        await RunAsync(host, async _ => await CountAsync(host) >= rows / 2, peak => memory = peak);
        var half = await CountAsync(host);
        Assert.InRange(half, rows / 2, rows - 1);
        await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Job>().Where(j => j.Id == job).ExecuteUpdateAsync(u => u.SetProperty(j => j.DueAt, DateTime.UnixEpoch))); // the lease of the dead one ends
        await RunAsync(host, async _ => await ReportAsync(host, import) is { State: ImportState.Done }, peak => memory = Math.Max(memory, peak));
        var seconds = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine($"{engine}: {rows:N0} rows in {seconds:N0} s with two starts, {rows / seconds:N0} rows/s, peak {memory / 1024 / 1024} MB, killed at {half:N0}");

        var report = (await ReportAsync(host, import)).Report();
        Assert.Equal((rows, 0), (report.Added, report.Error));
        Assert.Equal(rows, await CountAsync(host));
        Assert.Equal(worth, await WorthAsync(host));
        if (IsLong) Assert.True(memory < MostMemory, $"{memory / 1024 / 1024} MB at most");
        await host.InAsync("acme", async services =>
        {
            var (db, type) = (services.GetRequiredService<CrmDbContext>(), (RecordType<MadeRecord>)services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[Type]);
            foreach (var field in type.Fields.Where(f => f.Slot is not null))
            {
                var query = type.Source.Rows(db).Where(((Field<MadeRecord>)field).Where(new(field.Name, "empty", "true"), FieldContext.Neutral, db.Set<MultiValue>(), isCommon: false));
                Assert.Contains($"ix_{type.Table}_{field.Column}", await MadeTypesTests.PlanAsync(db, query), StringComparison.Ordinal);
            }
        });
    }

    static TypeDefinition Definition => new()
    {
        Name = Type,
        Icon = "list",
        Labels = new("订单行", "Line"),
        Plurals = new("订单行", "Lines"),
        Fields =
        [
            MadeSamples.Field("StockCode", "text") with { IsTitle = true, IsSearched = true, IsRequired = true, MaxLength = 40 }, MadeSamples.Field("Invoice", "number"),
            MadeSamples.Field("Quantity", "number"), MadeSamples.Field("UnitPrice", "number") with { Scale = 3 },
        ],
    };

    /// <summary>Of a real wholesaler where <c>TCCRM_SAMPLE_LINES</c> names the file (inv_id, StockCode, Quantity, UnitPrice), else of our own: about twenty lines an invoice, some of them returns.</summary>
    static (byte[] Csv, int Rows, decimal Worth) Lines()
    {
        if (Environment.GetEnvironmentVariable("TCCRM_SAMPLE_LINES") is { } given && File.Exists(given) && IsLong) return Real(given);
        var (csv, worth, random) = (new StringBuilder("inv_id,StockCode,Quantity,UnitPrice\n"), 0m, new Random(541_909));
        for (var i = 0; i < Rows; i++)
        {
            var (quantity, price) = (random.Next(50) == 0 ? -random.Next(1, 20) : random.Next(1, 100), random.Next(1, 40_000) / 1000m);
            worth += quantity * price;
            csv.Append(CultureInfo.InvariantCulture, $"{1 + (i / 20)},{10_000 + random.Next(4_000)}{(char)('A' + random.Next(4))},{quantity},{price}\n");
        }
        return (Encoding.UTF8.GetBytes(csv.ToString()), Rows, worth);
    }

    static (byte[] Csv, int Rows, decimal Worth) Real(string path)
    {
        using var content = new MemoryStream();
        using (var zip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress)) zip.CopyTo(content);
        var lines = Encoding.UTF8.GetString(content.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Trim().Split(',')).ToList();
        return (content.ToArray(), lines.Count, lines.Sum(l => decimal.Parse(l[2], CultureInfo.InvariantCulture) * decimal.Round(decimal.Parse(l[3], CultureInfo.InvariantCulture), 3)));
    }

    /// <summary>A job that no signal announces here, so that the other process runs it.</summary>
    static Task<(Guid Import, Guid Job)> QueueAsync(TestHost host, byte[] csv) => host.InAsync("acme", async services =>
    {
        var (db, workshop) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<ImportWorkshop>());
        var import = await workshop.BeginAsync(db.Snapshot.RecordTypes[Type], "lines.csv", new MemoryStream(csv), default);
        await workshop.ChangeAsync(import, import.Plan() with { MatchField = null, Mode = ImportMode.Add, Columns = [new("inv_id", ["Invoice"]), new("StockCode", ["StockCode"]), new("Quantity", ["Quantity"]), new("UnitPrice", ["UnitPrice"])] }, default);
        var job = new Job { Kind = ImportJob.JobKind, Arguments = $"{{\"importId\":\"{import.Id}\",\"writes\":true}}", DueAt = DateTime.UnixEpoch, CreatedAt = DateTime.UnixEpoch };
        db.Add(job);
        await db.SaveChangesAsync();
        return (import.Id, job.Id);
    });

    /// <summary>A host as a process of its own until it has come that far; then it is killed.</summary>
    static async Task RunAsync(TestHost host, Func<WebProcess, Task<bool>> isFar, Action<long> peak)
    {
        var address = WebProcess.FreeAddress();
        await using var process = WebProcess.Start(host.DataPath, host.ConnectionString, null, "--urls", address);
        await AutoSetupTests.ReadyAsync(process, address);
        using var http = new HttpClient { BaseAddress = new(address) };
        _ = await http.GetAsync("/t/acme/sign-in"); // the first visitor wakes the tenant and its jobs
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        while (!await isFar(process)) await Task.Delay(IsLong ? 200 : 5, patience.Token);
        peak(process.PeakMemory);
        process.Kill();
        await process.EndAsync();
    }

    static Task<int> CountAsync(TestHost host) => host.InAsync("acme", s => Made(s).CountAsync());

    static Task<Import> ReportAsync(TestHost host, Guid import) => host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<Import>().AsNoTracking().SingleAsync(i => i.Id == import));

    static Task<decimal> WorthAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        var (type, sum) = (services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[Type], 0m);
        var (quantity, price) = (type.Find("Quantity")!, type.Find("UnitPrice")!);
        await foreach (var line in Made(services).AsNoTracking().AsAsyncEnumerable()) sum += Number(quantity, line) * Number(price, line);
        return sum;

        static decimal Number(Field field, MadeRecord line) => decimal.Parse(field.Text(line), CultureInfo.InvariantCulture);
    });

    static IQueryable<MadeRecord> Made(IServiceProvider services)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        return ((RecordType<MadeRecord>)db.Snapshot.RecordTypes[Type]).Source.Rows(db);
    }
}
