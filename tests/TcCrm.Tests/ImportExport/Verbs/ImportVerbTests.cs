using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.ImportExport.Verbs;
using TcCrm.Tests.ImportExport.Imports;

namespace TcCrm.Tests.ImportExport.Verbs;

[Collection(nameof(ImportHosts))]
public class ImportVerbTests(ImportHosts hosts) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tccrm-verbs-").FullName;

    [Fact]
    public async Task Prints_counts_and_problems_as_one_json_object_and_writes_the_error_file()
    {
        await using var tenant = await hosts.TenantAsync();
        await File.WriteAllTextAsync(InFolder("c.csv"), "客户 ID,客户名称\nA,甲\nB,\nA,乙\n");
        var preview = await ImportAsync(tenant, new(tenant.Name, "customers.customer", InFolder("c.csv"), null, "客户 ID", ImportMode.AddAndUpdate, "auto", IsPreview: true, null));
        Assert.Equal((true, 3, 1, 1, 1, 1), ((bool)preview["preview"]!, (int)preview["rows"]!, (int)preview["new"]!, (int)preview["folded"]!, (int)preview["conflict"]!, (int)preview["error"]!));
        Assert.Equal(0, await tenant.CountAsync<Customer>());

        var run = await ImportAsync(tenant, new(tenant.Name, "customers.customer", InFolder("c.csv"), null, "外部编号", ImportMode.AddAndUpdate, null, IsPreview: false, InFolder("e.csv")));
        Assert.Equal((1, 3, "客户名称"), ((int)run["added"]!, (int)run["problems"]![0]!["line"]!, (string)run["problems"]![0]!["column"]!));
        using var errors = TabularFile.Open(InFolder("e.csv"));
        Assert.Equal("B", errors.Rows().Single().Cells[3]);
    }

    [Fact]
    public async Task Takes_a_map_and_exports_what_it_brought_in()
    {
        await using var tenant = await hosts.TenantAsync();
        await File.WriteAllTextAsync(InFolder("c.csv"), "a,b,c\n1,甲,杭州\n");
        await File.WriteAllTextAsync(InFolder("map.json"), """{ "columns": { "a": "externalId", "b": "Name", "c": ["City", "Region"] }, "constants": { "Kind": "Dealer" } }""");
        await ImportAsync(tenant, new(tenant.Name, "customers.customer", InFolder("c.csv"), InFolder("map.json"), "ExternalId", ImportMode.Add, null, false, null));
        var customer = (await tenant.QueryAsync<Customer>()).Single();
        Assert.Equal((CustomerKind.Dealer, "330100", "杭州"), (customer.Kind, customer.Region, customer.City));

        var export = tenant.Host.Services.GetRequiredService<ExportVerb>();
        Assert.Equal(1, await export.RunAsync(new(tenant.Name, "customers.customer", ["Name:eq:甲"], null, ["Number", "Name", "Region"], null, InFolder("out.xlsx")), default));
        using var file = TabularFile.Open(InFolder("out.xlsx"));
        Assert.Equal(["C-000001", "甲", "浙江省 / 杭州市"], file.Rows().Single().Cells);
    }

    [Fact]
    public async Task Says_what_is_not_there()
    {
        await using var tenant = await hosts.TenantAsync();
        await File.WriteAllTextAsync(InFolder("c.csv"), "a\n1\n");
        ImportVerbOptions good = new(tenant.Name, "customers.customer", InFolder("c.csv"), null, null, ImportMode.Add, null, false, null);
        foreach (var bad in new[] { good with { Tenant = "nobody" }, good with { Type = "x.y" }, good with { File = InFolder("none.csv") }, good with { MapFile = InFolder("c.csv") }, good with { Match = "nonsense" }, good with { Encoding = "klingon" } })
            await Assert.ThrowsAsync<BusinessRuleException>(() => ImportAsync(tenant, bad));
        Assert.Equal(0, await tenant.CountAsync<Customer>());
    }

    static async Task<JsonNode> ImportAsync(ImportTenant tenant, ImportVerbOptions options)
    {
        using var output = new StringWriter();
        await tenant.Host.Services.GetRequiredService<ImportVerb>().RunAsync(options, output, default);
        return JsonNode.Parse(output.ToString())!;
    }

    string InFolder(string name) => Path.Combine(_folder, name);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
