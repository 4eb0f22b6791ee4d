using System.Security.Claims;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Files;
using TcCrm.Platform.Identity;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>What words of a file mean, what is remembered of an import, and how long its file is kept.</summary>
[Collection(nameof(ImportHosts))]
public sealed class ImportMeaningTests(ImportHosts hosts)
{
    const string Csv = "id,name,kind\n1,甲,VIP 门店\n2,乙,经销商\n3,丙,?\n";

    static readonly ImportPlan Plan = new()
    {
        RecordType = "customers.customer",
        MatchField = "ExternalId",
        Columns = [new("id", ["ExternalId"]), new("name", ["Name"]), new("kind", ["Kind"])],
    };

    [Fact]
    public async Task An_unknown_choice_is_reported_with_what_is_allowed_until_the_plan_says_what_it_means()
    {
        await using var tenant = await hosts.TenantAsync();
        var run = await tenant.ImportAsync(Csv, Plan, preview: true);
        Assert.Equal([2, 4], run.Problems.Select(p => p.Line));
        var problem = run.Problems[0].Problem;
        Assert.Equal(("Kind", "VIP 门店"), (problem.Field, problem.Args[0]));
        foreach (var choice in Enum.GetNames<CustomerKind>()) Assert.Contains(await LabelAsync(tenant, choice), (string)problem.Args[1]!, StringComparison.Ordinal);

        var explained = await tenant.ImportAsync(Csv, Plan.Meaning([("Kind", "VIP 门店", "Retailer"), ("Kind", "?", "")]));
        Assert.Equal((3, 0), (explained.Report.Added, explained.Report.Error));
        Assert.Equal([CustomerKind.Retailer, CustomerKind.Dealer, CustomerKind.Company], (await tenant.QueryAsync<Customer>()).OrderBy(c => c.ExternalId).Select(c => c.Kind));
    }

    [Fact]
    public async Task The_next_file_with_the_same_columns_is_read_as_the_same_user_said_the_last_time()
    {
        await using var tenant = await hosts.TenantAsync();
        var (anna, ben) = (await tenant.Host.AddUserAsync(tenant.Name, "anna"), await tenant.Host.AddUserAsync(tenant.Name, "ben"));
        var chosen = Plan.Meaning([("Kind", "?", "Farm")]) with { MatchField = null, Mode = ImportMode.Add, Columns = [new("name", ["Name", "Remark"]), new("kind", ["Kind"])] };
        await BeginAsync(tenant, anna, Csv, chosen);

        var again = await BeginAsync(tenant, anna, Csv.Replace('?', '!'), null);
        Assert.Equal(Import.Write(chosen.Columns), Import.Write(again.Columns));
        Assert.Equal((null, ImportMode.Add, "Farm"), (again.MatchField, again.Mode, again.Values["Kind"]["?"]));
        foreach (var (user, csv) in new[] { (ben, Csv), (anna, Csv.Replace("kind", "sort", StringComparison.Ordinal)) })
            Assert.NotEqual(Import.Write(chosen.Columns), Import.Write((await BeginAsync(tenant, user, csv, null)).Columns));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Old_files_are_taken_away_once_a_day_and_new_ones_are_kept(string engine)
    {
        await using var tenant = await hosts.TenantAsync(engine, runsJobs: false);
        var folder = await tenant.InAsync(s => Task.FromResult(s.GetRequiredService<TenantFiles>().Locate(s.GetRequiredService<TenantContext>().Snapshot.Tenant, "imports")));
        Directory.CreateDirectory(folder);
        foreach (var (name, days) in new[] { ("old", 31), ("new", 29) })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), "");
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days));
        }
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        await runner.DrainAsync(tenant.Name, default);
        Assert.True(File.Exists(Path.Combine(folder, "old")), "it is not due before a day has passed");

        var due = await DueAsync(tenant);
        Assert.InRange(due - TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        await tenant.InAsync(s => s.GetRequiredService<CrmDbContext>().Set<Job>().ExecuteUpdateAsync(u => u.SetProperty(j => j.DueAt, DateTime.UnixEpoch)));
        await runner.DrainAsync(tenant.Name, default);
        Assert.Equal(["new"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
        Assert.InRange(await DueAsync(tenant), due, due.AddHours(1));
    }

    static async Task<DateTime> DueAsync(ImportTenant tenant) => (await tenant.QueryAsync<Job>()).Single(j => j.Kind == "every:remove-old-import-files").DueAt;

    static Task<string> LabelAsync(ImportTenant tenant, string choice) => tenant.InAsync(s => Task.FromResult(s.GetRequiredService<IText>()["CustomerKind." + choice]));

    /// <summary>An upload of that user; with a plan it was also brought in with it.</summary>
    static Task<ImportPlan> BeginAsync(ImportTenant tenant, Guid user, string csv, ImportPlan? plan) => tenant.InAsync(async s =>
    {
        s.GetRequiredService<CurrentUser>().RunAs(new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user.ToString())], "test")));
        var workshop = s.GetRequiredService<ImportWorkshop>();
        var import = await workshop.BeginAsync(s.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"], "x.csv", new MemoryStream(Encoding.UTF8.GetBytes(csv)), default);
        if (plan is null) return import.Plan();
        await workshop.ChangeAsync(import, plan with { Header = import.Plan().Header }, default);
        import.State = ImportState.Done;
        await s.GetRequiredService<CrmDbContext>().SaveChangesAsync();
        return import.Plan();
    });
}
