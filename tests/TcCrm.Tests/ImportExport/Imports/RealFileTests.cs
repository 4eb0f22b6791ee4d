using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Exports;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Records;
using TcCrm.Platform.Regions;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>Order lines into customers, the mapping as suggested: with lines of our own, and with a real file where there is one.</summary>
[Collection(nameof(ImportHosts))]
public class RealFileTests(ImportHosts hosts)
{
    /// <summary>A real retailer's order lines; not ours to ship.</summary>
    static string? RealFile => Environment.GetEnvironmentVariable("TCCRM_SAMPLE_ORDERS") is { } given && File.Exists(given) ? given : null;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Order_lines_become_customers(string engine)
    {
        var csv = OrderLines.Csv();
        await BecomesAsync(engine, csv, OrderLines.Rows, OrderLines.Customers, expectedConflicts: null);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Order_lines_of_a_real_retailer_become_customers(string engine)
    {
        Assert.SkipWhen(RealFile is null, "The retailer's file is not here; TCCRM_SAMPLE_ORDERS may name it.");
        await BecomesAsync(engine, await File.ReadAllTextAsync(RealFile!), 9_959, 790, expectedConflicts: 780);
    }

    async Task BecomesAsync(string engine, string csv, int rows, int customers, int? expectedConflicts)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        var plan = await PlanAsync(tenant, csv);
        var preview = (await tenant.ImportAsync(csv, plan, preview: true)).Report;
        Assert.Equal((rows, customers, rows - customers, 0), (preview.Rows, preview.New, preview.Folded, preview.Error));
        Assert.Equal(expectedConflicts ?? preview.Conflict, preview.Conflict);
        Assert.Equal(0, await tenant.CountAsync<Customer>());

        var run = await tenant.ImportAsync(csv, plan);
        Assert.Equal((customers, 0), (run.Report.Added, run.Report.Error));
        await HoldsLastLinesAsync(tenant, csv, run.Warnings);

        var written = await tenant.WrittenAsync();
        Assert.Equal(customers, (await tenant.ImportAsync(csv, plan)).Report.Unchanged);
        Assert.Equal(written, await tenant.WrittenAsync());

        await using var other = await hosts.TenantAsync(engine);
        var gb = TabularFile.Open(new MemoryStream(TextEncodings.Gb18030.GetBytes(csv.TrimStart('\uFEFF'))));
        Assert.Equal("gb18030", gb.Encoding, ignoreCase: true);
        await other.ImportAsync(gb, plan);
        Assert.Equal(await ExportAsync(tenant), await ExportAsync(other));
    }

    [Fact]
    public async Task Columns_may_stand_anywhere_and_lines_without_a_key_are_reported()
    {
        await using var tenant = await hosts.TenantAsync();
        var csv = OrderLines.Reversed(OrderLines.Csv(), 7, 700, 1_400);
        var run = await tenant.ImportAsync(csv, await PlanAsync(tenant, csv));
        Assert.Equal((OrderLines.Customers, 3), (run.Report.Added, run.Report.Error));
        Assert.Equal([(8, "客户 ID"), (701, "客户 ID"), (1_401, "客户 ID")], run.Problems.Select(p => (p.Line, p.Header)));
    }

    static Task<ImportPlan> PlanAsync(ImportTenant tenant, string csv) => tenant.InAsync(services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        using var file = TabularFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var plan = services.GetRequiredService<ImportWorkshop>().Suggested(type, file, new() { RecordType = type.Name });
        Assert.Equal(nameof(Customer.ExternalId), plan.MatchField);
        Assert.Equal([nameof(Customer.City), nameof(Customer.Region)], plan.Columns.Single(c => c.Header == "城市").Fields);
        Assert.Equal(new HashSet<string> { "客户 ID", "客户名称", "细分", "城市", "省/自治区" }, plan.Columns.Select(c => c.Header).ToHashSet());
        return Task.FromResult(plan);
    });

    static async Task HoldsLastLinesAsync(ImportTenant tenant, string csv, IReadOnlyList<RowProblem> warnings)
    {
        using var file = TabularFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var column = file.Header.Index().ToDictionary(h => h.Item, h => h.Index);
        var last = file.Rows().GroupBy(r => r.Cells[column["客户 ID"]]).ToDictionary(g => g.Key, g => g.Last());
        var customers = await tenant.QueryAsync<Customer>();
        Assert.Equal(last.Count, customers.Count);
        foreach (var customer in customers)
        {
            var line = last[customer.ExternalId];
            var (province, city) = (line.Cells[column["省/自治区"]], line.Cells[column["城市"]]);
            Assert.Equal((line.Cells[column["客户名称"]], line.Cells[column["细分"]], city), (customer.Name, customer.Segment, customer.City));
            Assert.Equal(Divisions.TryParse(province), customer.Region[..2] + "0000");
            if (customer.Region.EndsWith("0000", StringComparison.Ordinal) && Divisions.TryParse(province) != Divisions.TryParse(city))
                Assert.Contains(warnings, w => w.Line == line.Line && w.Header == "城市");
            else
                Assert.DoesNotContain(warnings, w => w.Line == line.Line);
        }
    }

    static Task<byte[]> ExportAsync(ImportTenant tenant) => tenant.InAsync(async services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
        Field[] fields = [.. type.Fields];
        using var stream = new MemoryStream();
        await services.GetRequiredService<Exporter>().WriteAsync(new(type, fields, new RecordQuery([], null, nameof(Customer.Number), null, 25), TabularKind.Csv), stream, default);
        return stream.ToArray();
    });
}
