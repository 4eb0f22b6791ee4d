using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Organisation;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>Rows that name rows of their own file, as units their parents, in whatever order they stand.</summary>
[Collection(nameof(ImportHosts))]
public sealed class TreeImportTests(ImportHosts hosts)
{
    static readonly ImportPlan Plan = new()
    {
        RecordType = "organisation.unit",
        MatchField = "ExternalId",
        Columns = [new("id", ["ExternalId"]), new("name", ["Name"]), new("kind", ["Kind"]), new("parent", ["ParentId"])],
    };

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_tree_comes_in_whatever_the_order_of_its_rows_and_the_preview_says_so(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine);
        const string Csv = "id,name,kind,parent\nS1,Store 1,Store,R1\nS2,Store 2,Store,North\nR1,North,Region,HQ\nHQ,Head office,HeadOffice,\nS3,Store 3,Store,\n";
        var preview = await tenant.ImportAsync(Csv, Plan, preview: true);
        Assert.Equal((5, 0), (preview.Report.New, preview.Report.Error));
        Assert.Equal(0, await tenant.CountAsync<Unit>());

        Assert.Equal((5, 0), Counts(await tenant.ImportAsync(Csv, Plan)));
        Assert.Equal(["HQ<", "R1<HQ", "S1<R1", "S2<R1", "S3<"], await TreeAsync(tenant));
        Assert.Equal(10, await tenant.CountAsync<UnitBelow>()); // each for itself, R1 below HQ, S1 and S2 below both

        // The whole company turned over, again against the order of the rows.
        const string Turned = "id,name,kind,parent\nS3,Store 3,Store,R2\nR1,North,Region,R2\nR2,All,Region,HQ\n";
        var turned = (await tenant.ImportAsync(Turned, Plan)).Report;
        Assert.Equal((1, 2, 0), (turned.Added, turned.Updated, turned.Error));
        Assert.Equal(["HQ<", "R1<R2", "R2<HQ", "S1<R1", "S2<R1", "S3<R2"], await TreeAsync(tenant));
        var again = (await tenant.ImportAsync(Turned, Plan)).Report;
        Assert.Equal((0, 0, 3), (again.Added, again.Updated, again.Unchanged));
    }

    [Fact]
    public async Task Below_a_row_that_is_refused_or_in_a_circle_nothing_comes_in_and_each_says_why()
    {
        await using var tenant = await hosts.TenantAsync();
        const string Csv = "id,name,kind,parent\nS1,Store 1,Store,R1\nR1,,Region,HQ\nHQ,Head office,HeadOffice,\nS2,Store 2,Store,nobody\nA,Round,Region,B\nB,About,Region,A\nS3,Below the circle,Store,A\nR2,Below a store,Region,S4\nS4,Store 4,Store,HQ\n";
        var preview = await tenant.ImportAsync(Csv, Plan, preview: true);
        var run = await tenant.ImportAsync(Csv, Plan);
        foreach (var (which, report, problems) in new[] { ("preview", preview.Report, preview.Problems), ("run", run.Report, run.Problems) })
        {
            Assert.True(report.Error == 7, $"{which}: {report.Error}");
            Assert.Equal([2, 3, 5, 6, 7, 8, 9], problems.Select(p => p.Line).Order());
            Assert.StartsWith("The row of '{0}' in this file", problems.Single(p => p.Line == 2).Problem.Key, StringComparison.Ordinal);
            Assert.Equal("There is no such record.", problems.Single(p => p.Line == 5).Problem.Key);
            Assert.Equal("This kind of unit cannot stand below that one.", problems.Single(p => p.Line == 9).Problem.Key);
        }
        Assert.Equal(["HQ<", "S4<HQ"], await TreeAsync(tenant));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Broken_off_on_the_way_down_it_goes_on_there(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine, runsJobs: false);
        var csv = "id,name,kind,parent\n" + string.Concat(Enumerable.Range(0, 2_500).Select(i => $"S{i},Store {i},Store,R{i % 50}\n")) + string.Concat(Enumerable.Range(0, 50).Select(i => $"R{i},Region {i},Region,HQ\n")) + "HQ,Head office,HeadOffice,\n";
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        var (places, done) = (new List<ImportPlace>(), new List<ImportReport>());
        await tenant.InAsync(async services =>
        {
            using var file = Platform.ImportExport.Files.TabularFile.Open(stream);
            await Assert.ThrowsAsync<OperationCanceledException>(() => services.GetRequiredService<Importer>().RunAsync(file, Plan, new(), default, progress =>
            {
                if (places.Count == 3) throw new OperationCanceledException();
                places.Add(progress.Place);
                done.Add(progress.Report);
                return Task.CompletedTask;
            }, default));
            return true;
        });
        Assert.Equal([0, 1, 2], places.Select(p => p.Pass));
        Assert.Equal(1 + 50 + 1_000, await tenant.CountAsync<Unit>());
        await tenant.InAsync(async services =>
        {
            using var file = Platform.ImportExport.Files.TabularFile.Open(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)));
            done.Add(await services.GetRequiredService<Importer>().RunAsync(file, Plan, done[^1], places[^1], _ => Task.CompletedTask, default));
            return true;
        });
        Assert.Equal((2_551, 0), (done[^1].Added, done[^1].Error));
        Assert.Equal(2_551, await tenant.CountAsync<Unit>());
    }

    static (int, int) Counts(ImportRun run) => (run.Report.Added, run.Report.Error);

    static async Task<string[]> TreeAsync(ImportTenant tenant)
    {
        var units = await tenant.QueryAsync<Unit>();
        return [.. units.Select(u => $"{u.ExternalId}<{units.Find(p => p.Id == u.ParentId)?.ExternalId}").Order(StringComparer.Ordinal)];
    }
}
