using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Events;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>The only way to a <see cref="CrmDbContext"/>: every rent sets tenant, user and connection. The pool is private, so no context is rented without them.</summary>
public sealed class TenantDatabases(IEnumerable<DatabaseEngine> engines, ModuleCatalog modules, EventSignal signal)
{
    readonly Dictionary<string, DatabaseEngine> _engines = engines.ToDictionary(e => e.Name);
    readonly Dictionary<string, Lazy<PooledDbContextFactory<CrmDbContext>>> _pools = engines.ToDictionary(e => e.Name, e => new Lazy<PooledDbContextFactory<CrmDbContext>>(() => Pool(e, modules)));

    public DatabaseEngine Engine(string name) => _engines[name];
    public DatabaseEngine EngineOf(Tenant tenant) => _engines[tenant.Engine];

    public CrmDbContext Open(TenantSnapshot snapshot, IServiceProvider services, Func<Guid?>? userId = null)
    {
        var tenant = snapshot.Tenant;
        var engine = _engines[tenant.Engine];
        var db = _pools[tenant.Engine].Value.CreateDbContext();
        var isThere = tenant.State != TenantState.Uninitialized; // a tenant that is only thought of, to check a recipe for it, has no database
        try
        {
            db.Enter(new(snapshot, services, userId ?? (() => null), isThere ? engine.Connect(db, tenant.Store) : null, isThere ? engine.Gate(tenant.Store) : null, () => Announce(tenant)));
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>Events of a tenant that is still built aside wait until it is there.</summary>
    void Announce(Tenant tenant)
    {
        if (tenant.Aside is null) signal.Raise(tenant.Name);
    }

    /// <summary>Builds the model: a second of work, better done beside the start than in the first request.</summary>
    public void Warm(string engine)
    {
        using var db = _pools[engine].Value.CreateDbContext();
        _ = db.Model;
    }

    /// <summary>EF asks its application provider while it builds the model; it gets the catalogue and nothing that has a tenant.</summary>
    static PooledDbContextFactory<CrmDbContext> Pool(DatabaseEngine engine, ModuleCatalog modules)
    {
        var builder = new DbContextOptionsBuilder<CrmDbContext>().UseApplicationServiceProvider(new ServiceCollection().AddSingleton(modules).BuildServiceProvider());
        builder.ReplaceService<IModelCacheKeyFactory, ModelOfModules>();
        engine.Use(builder);
        return new(builder.Options, poolSize: 128);
    }
}

/// <summary>Two hosts in one process share a model only if they have the same modules installed.</summary>
sealed class ModelOfModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), string.Join(' ', context.GetService<ModuleCatalog>().Assemblies.Select(a => a.FullName)), designTime);
}
