using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Tests.Modules;

namespace TcCrm.Tests.ImportExport.Imports;

/// <summary>One host per engine for all tests of imports; each test has a tenant of its own.</summary>
[CollectionDefinition(nameof(ImportHosts))]
public sealed class ImportHosts : ICollectionFixture<ImportHosts>, IAsyncLifetime
{
    readonly Dictionary<(string Engine, bool RunsJobs), TestHost> _hosts = [];
    int _tenants;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <param name="runsJobs">False when the test itself runs the jobs, or breaks them off.</param>
    public async Task<ImportTenant> TenantAsync(string engine = "sqlite", bool runsJobs = true)
    {
        if (!_hosts.TryGetValue((engine, runsJobs), out var host)) _hosts.Add((engine, runsJobs), host = await TestHost.StartAsync(engine, ["TcCrm.Tests"], runsJobs: runsJobs));
        var name = $"t{++_tenants}";
        await host.CreateTenantAsync(name, "TcCrm.Customers", TestModule.Id);
        return new(host, name);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values) await host.DisposeAsync();
    }
}

public sealed record ImportRun(ImportReport Report, IReadOnlyList<RowProblem> Problems, IReadOnlyList<RowProblem> Warnings);

public sealed class ImportTenant(TestHost host, string name) : IAsyncDisposable
{
    public TestHost Host => host;
    public string Name => name;

    public Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> work) => host.InAsync(name, work);

    public Task<ImportRun> ImportAsync(string csv, ImportPlan plan, bool preview = false) => ImportAsync(TabularFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(csv))), plan, preview);

    public Task<ImportRun> ImportAsync(TabularFile file, ImportPlan plan, bool preview = false) => InAsync(async services =>
    {
        var (problems, warnings) = (new List<RowProblem>(), new List<RowProblem>());
        var importer = services.GetRequiredService<Importer>();
        var report = preview ? await importer.PreviewAsync(file, plan, Note, default) : await importer.RunAsync(file, plan, new(), default, Note, default);
        return new ImportRun(report, problems, warnings);

        Task Note(ImportProgress progress)
        {
            problems.AddRange(progress.Refused.SelectMany(r => r.Problems));
            warnings.AddRange(progress.Warnings);
            return Task.CompletedTask;
        }
    });

    public Task<List<T>> QueryAsync<T>() where T : class => InAsync(services => services.GetRequiredService<CrmDbContext>().Set<T>().AsNoTracking().ToListAsync());

    public Task<int> CountAsync<T>() where T : class => InAsync(services => services.GetRequiredService<CrmDbContext>().Set<T>().CountAsync());

    /// <summary>History rows and the newest change of any customer: equal before and after means that nothing was written. Events come from the same place as history.</summary>
    public async Task<(int Audit, DateTime Newest)> WrittenAsync() => ((await QueryAsync<AuditEntry>()).Count(a => a.RecordId is not null), (await QueryAsync<TcCrm.Customers.Customer>()).Max(c => c.ModifiedAt));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
