using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests;

/// <summary>The whole host on an empty data folder and, for PostgreSQL, an empty database; both are gone when disposed.</summary>
public sealed class TestHost : WebApplicationFactory<Program>
{
    readonly string _data = Directory.CreateTempSubdirectory("tccrm-").FullName;
    PostgresDatabase? _database;

    readonly string[] _modules;
    readonly bool _checksServices;
    readonly string? _modulesPath;
    IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();
    bool _runsJobs = true;

    TestHost(string engine, string[] modules, bool checksServices, string? modulesPath) => (Engine, _modules, _checksServices, _modulesPath) = (engine, modules, checksServices, modulesPath);

    public string Engine { get; }
    public string DataPath => _data;
    /// <summary>Null on SQLite.</summary>
    public string? ConnectionString => _database?.ConnectionString;

    /// <summary>Both engines, for <c>[MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]</c>.</summary>
    public static TheoryData<string> Engines => ["sqlite", "postgres"];

    /// <param name="modules">Assemblies installed besides those of the product.</param>
    /// <param name="checksServices">Whether every registered service is checked first, which takes most of a second.</param>
    /// <param name="modulesPath">Where modules of others lie.</param>
    /// <param name="settings">Configuration besides.</param>
    /// <param name="runsJobs">Whether jobs are run as they come. Without, the test asks the <see cref="JobRunner"/> itself, and nobody else takes a job.</param>
    public static async Task<TestHost> StartAsync(string engine = "sqlite", string[]? modules = null, bool checksServices = false, string? modulesPath = null, IReadOnlyDictionary<string, string>? settings = null, bool runsJobs = true)
    {
        var host = new TestHost(engine, modules ?? [], checksServices, modulesPath) { _runsJobs = runsJobs };
        if (settings is not null) host._settings = settings;
        if (engine == "postgres") host._database = await PostgresDatabase.CreateAsync();
        _ = host.Server;
        return host;
    }

    /// <summary>A running tenant with these features and no users.</summary>
    public async Task CreateTenantAsync(string name, params string[] features) =>
        await Services.GetRequiredService<TenantSetup>().CreateAsync(new(name, name, null, features.Length > 0 ? features : ["TcCrm.Customers"], (_, _) => Task.CompletedTask), default);

    /// <summary>Work inside the tenant, as the system.</summary>
    public Task<T> InAsync<T>(string tenant, Func<IServiceProvider, Task<T>> work) => Services.GetRequiredService<TenantScopes>().RunAsync(tenant, work, default);

    public Task InAsync(string tenant, Func<IServiceProvider, Task> work) => InAsync(tenant, async services =>
    {
        await work(services);
        return true;
    });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseDefaultServiceProvider(o => (o.ValidateScopes, o.ValidateOnBuild) = (true, _checksServices));
        builder.UseSetting("TcCrm:DataPath", _data);
        builder.ConfigureTestServices(s => s.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1_000)); // a fifth of the CPU of all tests otherwise
        if (!_runsJobs) builder.ConfigureTestServices(s => s.Remove(s.Single(d => d.ServiceType == typeof(IHostedService) && d.ImplementationFactory?.Method.ReturnType == typeof(JobRunner))));
        for (var i = 0; i < _modules.Length; i++) builder.UseSetting($"TcCrm:Modules:{100 + i}", _modules[i]);
        if (_modulesPath is not null) builder.UseSetting("TcCrm:ModulesPath", _modulesPath);
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        if (_database is null) return;
        builder.UseSetting("TcCrm:Database:Provider", "Postgres");
        builder.UseSetting("TcCrm:Database:ConnectionString", _database.ConnectionString);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        await DeleteAsync(_data);
        GC.SuppressFinalize(this);
    }

    /// <summary>A connection that closes late may still put a file into the folder while it is being emptied.</summary>
    static async Task DeleteAsync(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(100);
            }
        }
    }
}
