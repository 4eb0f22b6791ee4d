using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>The providers at which users of the tenant may sign in. A secret is taken and never given back.</summary>
public sealed class SignInProviders(CrmDbContext db, UserRights rights, ProviderSecrets secrets, ProviderHttp http, TimeProvider time)
{
    public Task<List<SignInProvider>> ListAsync(CancellationToken cancel) => db.Set<SignInProvider>().AsNoTracking().OrderBy(p => p.Name).ThenBy(p => p.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<SignInProvider>> EnabledAsync(CancellationToken cancel) => [.. (await ListAsync(cancel)).Where(p => p.IsEnabled)];

    public Task<SignInProvider?> FindAsync(Guid id, CancellationToken cancel) => db.Set<SignInProvider>().FirstOrDefaultAsync(p => p.Id == id, cancel);

    public Task<List<ProviderRole>> RolesOfAsync(SignInProvider provider, CancellationToken cancel) => db.Set<ProviderRole>().AsNoTracking().Where(r => r.ProviderId == provider.Id).OrderBy(r => r.Id).ToListAsync(cancel);

    public async Task<ProviderForm> ReadAsync(SignInProvider provider, CancellationToken cancel)
    {
        var roles = await RolesOfAsync(provider, cancel);
        return new()
        {
            Name = provider.Name,
            Authority = provider.Authority,
            ClientId = provider.ClientId,
            Scopes = provider.Scopes,
            UnknownPersons = provider.UnknownPersons,
            TrustsMail = provider.TrustsMail,
            SecondFactorProofs = provider.SecondFactorProofs,
            NewRoles = [.. roles.Where(r => r.Claim is null).Select(r => r.RoleId)],
            Mappings = [.. roles.Where(r => r.Claim is not null).Select(r => new ClaimRole { Claim = r.Claim, Value = r.Value, RoleId = r.RoleId })],
        };
    }

    /// <summary>Creates the provider, or changes it when it is there already.</summary>
    /// <exception cref="BusinessRuleException">It would give a role that holds more than the acting user has.</exception>
    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(SignInProvider provider, ProviderForm form, CancellationToken cancel)
    {
        if (form.Problems(http.AllowsHttp).ToList() is { Count: > 0 } problems) return problems;
        var isNew = db.Entry(provider).State == EntityState.Detached;
        await using var write = await db.BeginWriteAsync(cancel);
        var before = await RolesOfAsync(provider, cancel);
        var roles = RolesOf(provider, form);
        await RequireMayGiveAsync(roles.Select(r => r.RoleId).Except(before.Select(r => r.RoleId)), cancel);
        form.CopyTo(provider);
        if (!string.IsNullOrWhiteSpace(form.ClientSecret)) provider.ClientSecret = secrets.Keep(form.ClientSecret.Trim());
        provider.ChangedAt = Moments.Now(time);
        if (isNew) db.Add(provider);
        await db.Set<ProviderRole>().Where(r => r.ProviderId == provider.Id).ExecuteDeleteAsync(cancel);
        db.AddRange(roles);
        db.Audit(time, isNew ? "Created" : "Updated", IdentityAudit.Provider, provider.Id, new { provider = provider.Name, authority = provider.Authority, secret = !string.IsNullOrWhiteSpace(form.ClientSecret), roles = roles.Select(r => new { r.Claim, r.Value, r.RoleId }) });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return [];
    }

    /// <summary>Nobody comes in by a provider that is switched off; accounts stay linked.</summary>
    public async Task SwitchAsync(SignInProvider provider, bool isEnabled, CancellationToken cancel)
    {
        (provider.IsEnabled, provider.ChangedAt) = (isEnabled, Moments.Now(time));
        db.Audit(time, isEnabled ? "Enabled" : "Disabled", IdentityAudit.Provider, provider.Id, new { provider = provider.Name });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>With all accounts that are linked to it. Users keep their roles.</summary>
    public async Task RemoveAsync(SignInProvider provider, CancellationToken cancel)
    {
        var key = LinkedAccounts.KeyOf(provider.Id);
        await using var write = await db.BeginWriteAsync(cancel);
        var linked = await db.UserLogins.Where(l => l.LoginProvider == key).ExecuteDeleteAsync(cancel);
        await db.Set<ProviderRole>().Where(r => r.ProviderId == provider.Id).ExecuteDeleteAsync(cancel);
        db.Remove(provider);
        db.Audit(time, "Deleted", IdentityAudit.Provider, provider.Id, new { provider = provider.Name, linked });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    static List<ProviderRole> RolesOf(SignInProvider provider, ProviderForm form) =>
    [
        .. form.NewRoles.Distinct().Select(r => new ProviderRole { ProviderId = provider.Id, RoleId = r }),
        .. form.Kept.Select(m => new ProviderRole { ProviderId = provider.Id, Claim = m.Claim!.Trim(), Value = m.Value!.Trim(), RoleId = m.RoleId!.Value }),
    ];

    async Task RequireMayGiveAsync(IEnumerable<Guid> roles, CancellationToken cancel)
    {
        var ids = roles.ToList();
        rights.RequireMayGive(await db.Roles.Where(r => ids.Contains(r.Id)).Select(r => r.Name!).ToListAsync(cancel));
    }
}
