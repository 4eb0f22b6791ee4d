namespace TcCrm.Platform.Tenants;

/// <summary>Nobody gets in until it is resumed; nothing is lost.</summary>
public sealed class SuspendTenant(TenantRegistry registry, AdministrationLocks locks, HostAudit audit)
{
    /// <exception cref="BusinessRuleException">There is no such tenant, it does not run, or it is the default tenant.</exception>
    public async Task ExecuteAsync(string name, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(name, "suspending", cancel);
        var tenant = await registry.CurrentAsync(name, cancel);
        if (tenant.IsDefault) throw new BusinessRuleException("The default tenant administers the host and always runs.");
        if (tenant.State is not (TenantState.Running or TenantState.Invalid)) throw new BusinessRuleException("The tenant '{0}' is not running.", null, name);
        await registry.SaveAsync(tenant with { State = TenantState.Disabled, Error = null }, cancel);
        await audit.WriteAsync("SuspendedTenant", name, cancel);
    }
}

/// <summary>Lets a suspended tenant, or one that could not be brought up to date, answer again.</summary>
public sealed class ResumeTenant(TenantRegistry registry, AdministrationLocks locks, HostAudit audit)
{
    /// <exception cref="BusinessRuleException">There is no such tenant, or it runs already.</exception>
    public async Task ExecuteAsync(string name, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(name, "resuming", cancel);
        var tenant = await registry.CurrentAsync(name, cancel);
        if (tenant.State is not (TenantState.Disabled or TenantState.Invalid)) throw new BusinessRuleException("The tenant '{0}' is not suspended.", null, name);
        await registry.SaveAsync(tenant with { State = TenantState.Running, Error = null }, cancel);
        await audit.WriteAsync("ResumedTenant", name, cancel);
    }
}
