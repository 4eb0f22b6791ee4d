using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using TcCrm.Platform.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What users let applications do: remembered until they take it back.</summary>
public sealed class OpenIdGrants(OpenIddictAuthorizationManager<OpenIdAuthorization> authorizations, CrmDbContext db, CurrentUser user, TimeProvider time)
{
    string Me => user.Id?.ToString() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The grant that covers all of these scopes; null when the user is to be asked.</summary>
    public async Task<OpenIdAuthorization?> FindAsync(OpenIdApplication application, IEnumerable<string> scopes, CancellationToken cancel) =>
        await authorizations.FindAsync(Me, application.Id.ToString(), Statuses.Valid, AuthorizationTypes.Permanent, [.. scopes], cancel).FirstOrDefaultAsync(cancel);

    public async Task<OpenIdAuthorization> GiveAsync(OpenIdApplication application, IReadOnlyCollection<string> scopes, CancellationToken cancel)
    {
        var descriptor = new OpenIddictAuthorizationDescriptor { ApplicationId = application.Id.ToString(), Subject = Me, Status = Statuses.Valid, Type = AuthorizationTypes.Permanent, CreationDate = time.GetUtcNow() };
        descriptor.Scopes.UnionWith(scopes);
        await using var write = await db.BeginWriteAsync(cancel);
        var grant = await authorizations.CreateAsync(descriptor, cancel);
        db.Audit(time, "AccessGranted", IdentityAudit.Application, application.Id, new { application = application.DisplayName, scopes });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return grant;
    }

    public Task<List<OpenIdAuthorization>> MineAsync(CancellationToken cancel) =>
        db.Set<OpenIdAuthorization>().AsNoTracking().Include(a => a.Application).Where(a => a.Subject == Me && a.Status == Statuses.Valid && a.Type == AuthorizationTypes.Permanent).OrderBy(a => a.Id).ToListAsync(cancel);

    /// <summary>With every token that came from it. False when there is no such grant of this user.</summary>
    public async Task<bool> TakeBackAsync(Guid id, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (await db.Set<OpenIdAuthorization>().Include(a => a.Application).FirstOrDefaultAsync(a => a.Id == id && a.Subject == Me && a.Status == Statuses.Valid, cancel) is not { } grant) return false;
        await db.Set<OpenIdToken>().Where(t => t.Authorization!.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, Statuses.Revoked), cancel);
        await db.Set<OpenIdAuthorization>().Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, Statuses.Revoked), cancel);
        db.Audit(time, "AccessTakenBack", IdentityAudit.Application, grant.Application?.Id, new { application = grant.Application?.DisplayName });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return true;
    }
}
