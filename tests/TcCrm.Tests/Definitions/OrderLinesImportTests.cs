using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Records;
using TcCrm.Tests.ImportExport.Imports;

namespace TcCrm.Tests.Definitions;

/// <summary>A retailer brings in its customers and then its order lines, both from the same file, into a type and a field that it has made itself.</summary>
[Collection(nameof(ImportHosts))]
public sealed class OrderLinesImportTests(ImportHosts hosts)
{
    const string Lines = "content.order-line", Customers = "customers.customer", Code = "CustomerCode";
    const int FewLines = 300;
    const decimal RealSales = 16_068_954.125m;

    /// <summary>A real retailer's order lines; not ours to ship.</summary>
    static string? RealFile => Environment.GetEnvironmentVariable("TCCRM_SAMPLE_ORDERS") is { } given && File.Exists(given) ? given : null;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Each_line_finds_its_customer_and_the_sales_are_the_files_to_the_last_decimal(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        var csv = RealFile is { } real ? await File.ReadAllTextAsync(real) : string.Join("\r\n", OrderLines.Csv().Split("\r\n").Take(FewLines + 1));
        using var file = TabularFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var rows = file.Rows().Select(r => file.Header.Zip(r.Cells).ToDictionary()).ToDictionary(r => r["行 ID"]);
        await DefineAsync(tenant);

        var customers = await tenant.ImportAsync(csv, CustomerPlan);
        Assert.Equal((rows.Values.DistinctBy(r => r["客户 ID"]).Count(), 0), (customers.Report.Added, customers.Report.Error));
        var lines = await tenant.ImportAsync(csv, await SuggestedAsync(tenant, file));
        Assert.Equal((rows.Count, 0), (lines.Report.Added, lines.Report.Error));

        var codes = await ReadAsync(tenant, Customers, (type, record) => (record.Id, type.Find(Code)!.Text(record)));
        var stored = await ReadAsync(tenant, Lines, (type, record) => (No: type.Find("LineNo")!.Text(record), Customer: type.Find("Customer")!.Value(record), Sales: Decimal(type.Find("Sales")!.Text(record))));
        Assert.Equal(rows.Keys.Order(), stored.Select(l => l.No).Order());
        Assert.All(stored, line => Assert.Equal(rows[line.No]["客户 ID"], codes.Single(c => c.Id.Equals(line.Customer)).Item2));
        Assert.Equal(RealFile is null ? rows.Values.Sum(r => Decimal(r["销售额"])) : RealSales, stored.Sum(l => l.Sales));
    }

    /// <summary>Customers get the retailer's own code: unique, so that other files may name them by it.</summary>
    static async Task DefineAsync(ImportTenant tenant)
    {
        TypeDefinition[] definitions =
        [
            new() { Name = Customers, Fields = [Field(Code, "text", "客户编码") with { IsUnique = true }] },
            new()
            {
                Name = Lines,
                Labels = new("订单行", "Order line"),
                Plurals = new("订单行", "Order lines"),
                Fields =
                [
                    Field("Product", "text", "产品名称") with { IsTitle = true, IsSearched = true }, Field("LineNo", "text", "行 ID") with { IsUnique = true }, Field("OrderNo", "text", "订单 ID"),
                    Field("OrderedOn", "date", "订单日期"), Field("Customer", "lookup", "客户 ID") with { LookupType = Customers, IsRequired = true },
                    Field("Sales", "number", "销售额") with { Scale = 3 }, Field("Quantity", "number", "数量"), Field("Discount", "number", "折扣") with { Scale = 2 }, Field("Profit", "number", "利润") with { Scale = 5 },
                ],
            },
        ];
        foreach (var definition in definitions) Assert.Empty(await tenant.InAsync(s => s.GetRequiredService<DefineTypes>().SaveAsync(definition, null, default)));
    }

    static FieldDefinition Field(string name, string kind, string label) => new() { Name = name, Kind = kind, Labels = new(label, null) };

    static ImportPlan CustomerPlan => new()
    {
        RecordType = Customers,
        MatchField = Code,
        Columns = [new("客户 ID", [Code]), new("客户名称", [nameof(Customer.Name)]), new("细分", [nameof(Customer.Segment)]), new("城市", [nameof(Customer.City), nameof(Customer.Region)]), new("省/自治区", [nameof(Customer.Region)])],
    };

    /// <summary>By the Chinese headers alone.</summary>
    static Task<ImportPlan> SuggestedAsync(ImportTenant tenant, TabularFile file) => tenant.InAsync(services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[Lines];
        var plan = services.GetRequiredService<ImportWorkshop>().Suggested(type, file, new() { RecordType = Lines });
        Assert.Equal("LineNo", plan.MatchField);
        return Task.FromResult(plan);
    });

    /// <summary>All of a type, as lists show it: page by page.</summary>
    static Task<List<T>> ReadAsync<T>(ImportTenant tenant, string name, Func<RecordType, Record, T> read) => tenant.InAsync(async services =>
    {
        var (db, found, query) = (services.GetRequiredService<CrmDbContext>(), new List<T>(), RecordQuery.All with { Size = 200 });
        for (var (type, more) = (db.Snapshot.RecordTypes[name], true); more;)
        {
            var page = await type.ListAsync(db, query, default);
            found.AddRange(page.Items.Select(r => read(type, r)));
            (query, more) = (query with { After = page.Next }, page.Next is not null);
        }
        return found;
    });

    static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
