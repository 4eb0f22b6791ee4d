using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Data;

/// <summary>The database of one tenant. Only <see cref="TenantDatabases"/> opens one, so none is ever without its tenant.</summary>
public sealed class CrmDbContext(DbContextOptions<CrmDbContext> options) : IdentityDbContext<CrmUser, CrmRole, Guid>(options)
{
    Entered? _entered;
    bool? _isSqlite;

    public TenantSnapshot Snapshot => Now.Snapshot;
    public string? Store => _entered?.Snapshot.Tenant.Store;
    /// <summary>Asked when saving: Identity opens the context while it is still finding out who the user is.</summary>
    public Guid? UserId => Now.UserId();
    internal IServiceProvider Services => Now.Services;
    internal SaveWay Way { get; set; }
    /// <summary>Kept: EF asks the name of an assembly each time, and this is asked for every row of an import.</summary>
    internal bool IsSqlite => _isSqlite ??= Database.IsSqlite();
    Entered Now => _entered ?? throw new InvalidOperationException("A context without a tenant.");

    /// <summary>As the tenant has it; of a feature that is off, as the module brings it.</summary>
    internal RecordType TypeOf(Record record) => Snapshot.Types.Of(record, Services.GetRequiredService<CodeRecordTypes>());

    internal void Enter(Entered entered) => _entered = entered;

    /// <summary>Begins the one write transaction of this scope: gate first, then <c>BEGIN IMMEDIATE</c>. Dispose without commit rolls back.</summary>
    /// <exception cref="BusinessRuleException">Somebody looks as somebody else here.</exception>
    public Task<WriteScope> BeginWriteAsync(CancellationToken cancel) =>
        Now.Services.GetService<CurrentUser>() is { IsViewing: true } ? throw new BusinessRuleException(ViewAs.Refusal) : WriteScope.BeginAsync(this, Now.Gate, Now.Committed, cancel);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!ChangeTracker.HasChanges()) return 0;
        if (Database.CurrentTransaction is not null) return await SaveInsideAsync(acceptAllChangesOnSuccess, cancellationToken);
        await using var write = await BeginWriteAsync(cancellationToken);
        var count = await SaveInsideAsync(acceptAllChangesOnSuccess, cancellationToken);
        await write.CommitAsync(cancellationToken);
        return count;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Saving waits for the write gate: call SaveChangesAsync.");

    async Task<int> SaveInsideAsync(bool acceptAll, CancellationToken cancel)
    {
        var pipeline = new SavePipeline(this);
        await pipeline.PrepareAsync(cancel);
        AuditStamp.Put(this, AuditStamp.NewEntries(this));
        var made = MadeRows.Take(this);
        var count = await base.SaveChangesAsync(acceptAll, cancel) + await made.WriteAsync(cancel);
        await pipeline.FollowAsync(cancel);
        return count;
    }

    public override void Dispose()
    {
        var lease = Leave();
        base.Dispose();
        lease?.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        var lease = Leave();
        await base.DisposeAsync();
        lease?.Dispose();
    }

    /// <summary>Before the base class runs: after it, a pooled context belongs to the next request already.</summary>
    IDisposable? Leave()
    {
        var lease = _entered?.Lease;
        (_entered, Way) = (null, SaveWay.Full);
        return lease;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMoments>();
        configurationBuilder.Properties<List<string>>().HaveConversion<JsonStrings, JsonStringsComparer>();
        if (Database.IsSqlite()) configurationBuilder.Properties<Guid>().HaveConversion<GuidBytes>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        CrmModel.Build(builder, Database.IsNpgsql(), this);
    }

    internal sealed record Entered(TenantSnapshot Snapshot, IServiceProvider Services, Func<Guid?> UserId, IDisposable? Lease, WriteGate? Gate, Action Committed);
}
