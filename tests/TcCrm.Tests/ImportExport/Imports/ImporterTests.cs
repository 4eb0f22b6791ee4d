using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;

namespace TcCrm.Tests.ImportExport.Imports;

[Collection(nameof(ImportHosts))]
public class ImporterTests(ImportHosts hosts)
{
    const string Lines = """
        客户编码,名称,类别,省份,城市,生日,标签
        A-1,甲公司,企业,浙江,杭州,1990/3/5,重要
        A-2,乙某,Person,江苏,无此市,,
        A-1,甲公司,经销商,四川,成都,1990年3月6日,"重要,老客户"
        ,无码,企业,,,,
        A-3,丙公司,养殖场,,,32.13.2000,
        A-2,乙某,Person,江苏,无此市,,
        """;

    static readonly ImportPlan Plan = new()
    {
        RecordType = "customers.customer",
        MatchField = nameof(Customer.ExternalId),
        Columns =
        [
            new("客户编码", [nameof(Customer.ExternalId)]), new("名称", [nameof(Customer.Name)]), new("类别", [nameof(Customer.Kind)]), new("省份", [nameof(Customer.Region)]),
            new("城市", [nameof(Customer.Region), nameof(Customer.City)]), new("生日", [nameof(Customer.Birthday)]), new("标签", [nameof(Customer.Tags)]),
        ],
    };

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Previews_without_writing_and_then_does_what_it_said(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        var preview = await tenant.ImportAsync(Lines, Plan, preview: true);
        Assert.Equal((6, 2, 1, 0, 2), (preview.Report.Rows, preview.Report.Folded, preview.Report.Conflict, preview.Report.Match, preview.Report.Error));
        Assert.Equal(2, preview.Report.New);
        Assert.Equal(0, await tenant.CountAsync<Customer>());

        var run = await tenant.ImportAsync(Lines, Plan);
        Assert.Equal(preview.Report, run.Report);
        Assert.Equal([(5, "客户编码", "required"), (6, "生日", "not-valid")], run.Problems.Select(p => (p.Line, p.Header, p.Problem.Code)));
        Assert.Equal((7, "城市"), run.Warnings.Select(w => (w.Line, w.Header)).Single());

        var customers = await tenant.QueryAsync<Customer>();
        Assert.Equal(["A-2", "A-1"], customers.OrderByDescending(c => c.ExternalId).Select(c => c.ExternalId));
        var first = customers.Single(c => c.ExternalId == "A-1");
        Assert.Equal((CustomerKind.Dealer, "510100", "成都", new DateOnly(1990, 3, 6)), (first.Kind, first.Region, first.City, first.Birthday));
        Assert.Equal(["重要", "老客户"], first.Tags);
        var second = customers.Single(c => c.ExternalId == "A-2");
        Assert.Equal((CustomerKind.Person, "320000", "无此市"), (second.Kind, second.Region, second.City));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Writes_nothing_the_second_time_and_only_what_differs_the_third(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        await tenant.ImportAsync(Lines, Plan);
        var before = await tenant.WrittenAsync();
        Assert.Equal(2, before.Audit);

        var second = await tenant.ImportAsync(Lines, Plan);
        Assert.Equal((2, 0, 0, 2), (second.Report.Match, second.Report.Added, second.Report.Updated, second.Report.Unchanged));
        Assert.Equal(before, await tenant.WrittenAsync());

        var third = await tenant.ImportAsync(Lines.Replace("成都", "绵阳", StringComparison.Ordinal), Plan);
        Assert.Equal((1, 2, 1), (third.Report.Updated, third.Report.ChangedValues, third.Report.Unchanged));
        Assert.Equal(before.Audit + 1, (await tenant.WrittenAsync()).Audit);
    }

    [Fact]
    public async Task Adds_only_or_updates_only_when_told()
    {
        await using var tenant = await hosts.TenantAsync();
        var updated = await tenant.ImportAsync(Lines, Plan with { Mode = ImportMode.Update });
        Assert.Equal((0, 2), (updated.Report.Added, updated.Report.Skipped));
        await tenant.ImportAsync(Lines, Plan);
        var added = await tenant.ImportAsync(Lines.Replace("成都", "绵阳", StringComparison.Ordinal), Plan with { Mode = ImportMode.Add });
        Assert.Equal((0, 2), (added.Report.Updated, added.Report.Skipped));
        Assert.Equal("成都", (await tenant.QueryAsync<Customer>()).Single(c => c.ExternalId == "A-1").City);
    }

    [Fact]
    public async Task Leaves_fields_alone_whose_cell_is_empty_unless_told_to_empty_them()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.ImportAsync(Lines, Plan);
        const string emptied = "客户编码,名称,城市\nA-1,甲公司,\n";
        var plan = Plan with { Columns = [new("客户编码", ["ExternalId"]), new("名称", ["Name"]), new("城市", ["City"])] };
        Assert.Equal(0, (await tenant.ImportAsync(emptied, plan)).Report.Updated);
        Assert.Equal(1, (await tenant.ImportAsync(emptied, plan with { EmptyClears = true })).Report.Updated);
        Assert.Equal("", (await tenant.QueryAsync<Customer>()).Single(c => c.ExternalId == "A-1").City);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Rows_that_break_a_rule_take_no_number_and_stop_nobody_else(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        var lines = "id,name,code\n" + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"{i},N{i},{(i % 10 == 0 ? "91330110MA2E4QK07X" : "")}"));
        var plan = new ImportPlan { RecordType = "customers.customer", MatchField = "ExternalId", Columns = [new("id", ["ExternalId"]), new("name", ["Name"]), new("code", ["CreditCode"])] };
        var run = await tenant.ImportAsync(lines, plan);
        Assert.Equal((27, 3), (run.Report.Added, run.Report.Error));
        Assert.All(run.Problems, p => Assert.Equal("code", p.Header));
        Assert.Equal(Enumerable.Range(1, 27).Select(n => $"C-{n:D6}"), (await tenant.QueryAsync<Customer>()).Select(c => c.Number).Order());
        Assert.Equal(27, await tenant.InAsync(async services => (int)await services.GetRequiredService<CrmDbContext>().Database.SqlQueryRaw<long>("SELECT last AS \"Value\" FROM number_series").SingleAsync()));
    }

    [Fact]
    public async Task Finds_records_by_number_title_code_or_id_and_says_when_a_name_is_not_unique()
    {
        await using var tenant = await hosts.TenantAsync();
        await tenant.ImportAsync("id,name\nX-1,甲\n2,乙\n3,乙\n", new() { RecordType = "customers.customer", MatchField = "ExternalId", Columns = [new("id", ["ExternalId"]), new("name", ["Name"])] });
        var id = (await tenant.QueryAsync<Customer>()).Single(c => c.ExternalId == "2").Id;
        var run = await tenant.ImportAsync($"who,customer\na,甲\nb,C-000002\nc,{id}\nd,乙\ne,丁\nf,X-1\n", new() { RecordType = "customers.contact", Columns = [new("who", ["Name"]), new("customer", ["CustomerId"])] });
        Assert.Equal((4, 2), (run.Report.Added, run.Report.Error));
        Assert.Equal([(5, "not-unique"), (6, "not-found")], run.Problems.Select(p => (p.Line, p.Problem.Code)));
    }

    [Fact]
    public async Task Says_everything_that_is_wrong_with_a_plan()
    {
        await using var tenant = await hosts.TenantAsync();
        var refused = await Assert.ThrowsAsync<BusinessRuleException>(() => tenant.ImportAsync("a,b\n1,2\n", new() { RecordType = "customers.customer", Columns = [new("x", ["Name"])] }));
        Assert.Contains("x", refused.Args);
        await Assert.ThrowsAsync<BusinessRuleException>(() => tenant.ImportAsync("a,b\n1,2\n", new() { RecordType = "customers.customer", Columns = [new("a", ["Nonsense"])] }));
        await Assert.ThrowsAsync<BusinessRuleException>(() => tenant.ImportAsync("a,b\n1,2\n", new() { RecordType = "customers.customer", Columns = [new("a", ["Name"]), new("b", ["Name"])] }));
        await Assert.ThrowsAsync<BusinessRuleException>(() => tenant.ImportAsync("a,b\n1,2\n", new() { RecordType = "customers.nothing", Columns = [new("a", ["Name"])] }));
    }
}
