using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Data;

/// <summary>
/// Runs the migrations of each module with its own version table. One runner per engine and module serves all tenants.
/// FluentMigrator has no lock: callers hold the tenant's administration lock.
/// </summary>
public sealed class ModuleMigrations(ModuleCatalog modules)
{
    readonly ConcurrentDictionary<(string Engine, Assembly Module), IServiceProvider> _runners = new();
    readonly ConcurrentDictionary<Assembly, (int Count, long Latest)> _extents = new();

    static Assembly Platform => typeof(ModuleMigrations).Assembly;

    /// <summary>What the schema of a tenant with these features should be at: one line per module with its migrations.</summary>
    public string StampFor(IEnumerable<string> features) =>
        string.Join('\n', AssembliesOf(features).Select(a => $"{a.GetName().Name} {ExtentOf(a)}"));

    /// <summary>Brings the platform's tables and those of the modules behind these features up to date.</summary>
    /// <param name="before">Called ahead of each migration with module and version.</param>
    public void Run(MigrationTarget target, IEnumerable<string> features, Action<string, long>? before = null)
    {
        foreach (var module in AssembliesOf(features))
        {
            using var scope = _runners.GetOrAdd((target.Engine, module), BuildRunner).CreateScope();
            scope.ServiceProvider.GetRequiredService<CurrentTarget>().Value = target;
            var runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
            foreach (var (version, _) in runner.MigrationLoader.LoadMigrations())
            {
                before?.Invoke(module.GetName().Name!, version);
                runner.MigrateUp(version);
            }
        }
    }

    /// <summary>Brings an empty store exactly to where another one was; what is newer here runs at its next upgrade.</summary>
    /// <param name="applied">The migrations it had, by module.</param>
    /// <exception cref="BusinessRuleException">A migration is not installed here.</exception>
    public void RunExactly(MigrationTarget target, IReadOnlyDictionary<string, long[]> applied)
    {
        foreach (var (name, versions) in applied.OrderBy(l => l.Key == Platform.GetName().Name ? "" : l.Key, StringComparer.Ordinal))
        {
            var module = Migrating.FirstOrDefault(a => a.GetName().Name == name) ?? throw Missing(name, versions.Max());
            using var scope = _runners.GetOrAdd((target.Engine, module), BuildRunner).CreateScope();
            scope.ServiceProvider.GetRequiredService<CurrentTarget>().Value = target;
            var runner = scope.ServiceProvider.GetRequiredService<IMigrationRunner>();
            runner.LoadVersionInfoIfRequired();
            var installed = runner.MigrationLoader.LoadMigrations();
            foreach (var version in versions.Order()) runner.Up(installed.TryGetValue(version, out var migration) ? migration.Migration : throw Missing(name, version));
        }
    }

    /// <summary>The migrations of each installed module that the store has had.</summary>
    public async Task<IReadOnlyDictionary<string, long[]>> AppliedAsync(DbConnection connection, CancellationToken cancel)
    {
        var applied = new Dictionary<string, long[]>();
        foreach (var module in Migrating)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT to_regclass('{VersionTable(module)}') IS NOT NULL";
            if (await command.ExecuteScalarAsync(cancel) is not true) continue;
            command.CommandText = $"SELECT version FROM {VersionTable(module)}";
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var versions = new List<long>();
            while (await reader.ReadAsync(cancel)) versions.Add(reader.GetInt64(0));
            applied.Add(module.GetName().Name!, [.. versions]);
        }
        return applied;
    }

    IEnumerable<Assembly> Migrating => modules.Assemblies.Where(a => ExtentOf(a).Count > 0);

    static BusinessRuleException Missing(string module, long version) => new("The backup needs version {1} of {0}, which is not installed here.", null, module, version);

    static string VersionTable(Assembly module) => "version_" + module.GetName().Name!.Replace('.', '_').ToLowerInvariant();

    IEnumerable<Assembly> AssembliesOf(IEnumerable<string> features) =>
        features.Select(f => modules.Find(f)?.Assembly).OfType<Assembly>().Where(a => ExtentOf(a).Count > 0 && a != Platform).Distinct().OrderBy(a => a.GetName().Name, StringComparer.Ordinal).Prepend(Platform);

    /// <summary>Number of migrations and the latest: one that was added out of order counts too.</summary>
    (int Count, long Latest) ExtentOf(Assembly module) => _extents.GetOrAdd(module, m =>
    {
        long[] versions = [.. m.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Version).OfType<long>()];
        return (versions.Length, versions.DefaultIfEmpty().Max());
    });

    static ServiceProvider BuildRunner((string Engine, Assembly Module) key) => new ServiceCollection()
        .AddFluentMigratorCore()
        .ConfigureRunner(runner =>
        {
            if (key.Engine == "postgres") runner.AddPostgres();
            else runner.AddSQLite();
            runner.ScanIn(key.Module).For.Migrations();
        })
        .AddScoped<CurrentTarget>()
        .AddScoped<IConnectionStringAccessor>(sp => sp.GetRequiredService<CurrentTarget>()) // WithGlobalConnectionString is resolved once, outside the scope
        .AddScoped<IVersionTableMetaData>(sp => new ModuleVersions(key.Module, sp.GetRequiredService<CurrentTarget>().Value.Schema))
        .AddScoped<IConventionSet>(sp => new DefaultConventionSet(sp.GetRequiredService<CurrentTarget>().Value.Schema, null))
        .BuildServiceProvider();

    sealed class CurrentTarget : IConnectionStringAccessor
    {
        public MigrationTarget Value { get; set; } = null!;
        public string ConnectionString => Value.ConnectionString;
    }

    sealed class ModuleVersions(Assembly module, string? schema) : IVersionTableMetaData
    {
        public string SchemaName => schema ?? "";
        public bool OwnsSchema => false;
        public string TableName => VersionTable(module);
        public string ColumnName => "version";
        public string DescriptionColumnName => "description";
        public string AppliedOnColumnName => "applied_on";
        public string UniqueIndexName => "ux_" + TableName;
        public bool CreateWithPrimaryKey => false; // with it PostgreSQL makes the index twice
    }
}
