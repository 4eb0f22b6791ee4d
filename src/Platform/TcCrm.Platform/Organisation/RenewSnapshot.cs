using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Organisation;

/// <summary>Who works where is part of every node's snapshot of the tenant.</summary>
sealed class RenewSnapshotWhenAssignmentsChange(TenantContext tenant, TenantRegistry registry) : IReaction
{
    public string On => "organisation.assignment.*";
    public Task RunAsync(RecordEvent happened, CancellationToken cancel) => registry.TouchAsync(tenant.Snapshot.Tenant.Name, cancel);
}

sealed class RenewSnapshotWhenUnitsChange(TenantContext tenant, TenantRegistry registry) : IReaction
{
    public string On => "organisation.unit.*";
    public Task RunAsync(RecordEvent happened, CancellationToken cancel) => registry.TouchAsync(tenant.Snapshot.Tenant.Name, cancel);
}
