using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Allowed = OpenIddict.Abstractions.OpenIddictConstants.Permissions;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>The applications of the tenant. A secret is returned once, when it is made.</summary>
public sealed class Applications(OpenIddictApplicationManager<OpenIdApplication> manager, CrmDbContext db, UserRights rights, ScopeWords scopes, TimeProvider time)
{
    public Task<List<OpenIdApplication>> ListAsync(CancellationToken cancel) => db.Set<OpenIdApplication>().AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancel);

    public Task<OpenIdApplication?> FindAsync(Guid id, CancellationToken cancel) => db.Set<OpenIdApplication>().FirstOrDefaultAsync(a => a.Id == id, cancel);

    public async Task<ApplicationForm> ReadAsync(OpenIdApplication application, CancellationToken cancel) => new()
    {
        Name = application.DisplayName,
        HasSecret = application.ClientType == ClientTypes.Confidential,
        RedirectAddresses = string.Join('\n', await manager.GetRedirectUrisAsync(application, cancel)),
        SignedOutAddresses = string.Join('\n', await manager.GetPostLogoutRedirectUrisAsync(application, cancel)),
        AsksUser = application.ConsentType == ConsentTypes.Explicit,
        MayStay = await manager.HasPermissionAsync(application, Allowed.GrantTypes.RefreshToken, cancel),
        ServiceUser = application.ServiceUserId is { } id ? await db.Users.Where(u => u.Id == id).Select(u => u.UserName).FirstOrDefaultAsync(cancel) : null,
        Scopes = [.. await ScopesOfAsync(manager, application, cancel)],
    };

    public static async Task<IEnumerable<string>> ScopesOfAsync(OpenIddictApplicationManager<OpenIdApplication> manager, OpenIdApplication application, CancellationToken cancel) =>
        (await manager.GetPermissionsAsync(application, cancel)).Where(p => p.StartsWith(Allowed.Prefixes.Scope, StringComparison.Ordinal)).Select(p => p[Allowed.Prefixes.Scope.Length..]);

    /// <returns>The secret, or null for an application that has none.</returns>
    public async Task<(OpenIdApplication Application, string? Secret, IReadOnlyList<RecordProblem> Problems)> CreateAsync(ApplicationForm form, CancellationToken cancel)
    {
        var application = new OpenIdApplication { CreatedAt = Moments.Now(time) };
        if (await TakeAsync(application, form, cancel) is { Count: > 0 } problems) return (application, null, problems);
        await manager.PopulateAsync(application, form.Describe(application.Id.ToString("N")), cancel);
        var secret = form.HasSecret ? ApiKeyToken.NewSecret() : null;
        await WriteAsync(application, "Created", Told(application, form), () => secret is null ? manager.CreateAsync(application, cancel) : manager.CreateAsync(application, secret, cancel), cancel);
        return (application, secret, []);
    }

    public async Task<IReadOnlyList<RecordProblem>> SaveAsync(OpenIdApplication application, ApplicationForm form, CancellationToken cancel)
    {
        form.HasSecret = application.ClientType == ClientTypes.Confidential;
        if (await TakeAsync(application, form, cancel) is { Count: > 0 } problems) return problems;
        var secret = application.ClientSecret;
        await manager.PopulateAsync(application, form.Describe(application.ClientId!), cancel);
        application.ClientSecret = secret;
        await WriteAsync(application, "Updated", Told(application, form), () => manager.UpdateAsync(application, cancel), cancel);
        return [];
    }

    /// <summary>The old secret counts no more.</summary>
    /// <exception cref="BusinessRuleException">The application has none.</exception>
    public async Task<string> RenewSecretAsync(OpenIdApplication application, CancellationToken cancel)
    {
        if (application.ClientType != ClientTypes.Confidential) throw new BusinessRuleException("This application has no secret.");
        var secret = ApiKeyToken.NewSecret();
        await WriteAsync(application, "SecretRenewed", new { application = application.DisplayName }, () => manager.UpdateAsync(application, secret, cancel), cancel);
        return secret;
    }

    public Task SwitchAsync(OpenIdApplication application, bool isEnabled, CancellationToken cancel)
    {
        application.IsEnabled = isEnabled;
        return WriteAsync(application, isEnabled ? "Enabled" : "Disabled", new { application = application.DisplayName }, () => manager.UpdateAsync(application, cancel), cancel);
    }

    /// <summary>With all that users have granted it.</summary>
    public async Task RemoveAsync(OpenIdApplication application, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<OpenIdToken>().Where(t => t.Application!.Id == application.Id).ExecuteDeleteAsync(cancel);
        await db.Set<OpenIdAuthorization>().Where(a => a.Application!.Id == application.Id).ExecuteDeleteAsync(cancel);
        db.Remove(application);
        db.Audit(time, "Deleted", IdentityAudit.Application, application.Id, new { application = application.DisplayName });
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    /// <summary>Nobody lets an application act for a user who may do more than they do themselves.</summary>
    async Task<List<RecordProblem>> TakeAsync(OpenIdApplication application, ApplicationForm form, CancellationToken cancel)
    {
        var problems = form.Problems().ToList();
        form.Scopes.RemoveAll(s => !scopes.Exists(s));
        var name = form.ServiceUser?.Trim().ToUpperInvariant();
        var user = string.IsNullOrEmpty(name) ? null : await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == name, cancel);
        if (!string.IsNullOrEmpty(name) && user is null) problems.Add(new("Form.ServiceUser", "There is no user '{0}'.", form.ServiceUser));
        if (user is not null && user.Id != application.ServiceUserId) rights.RequireMayGive(await db.UserRoles.Where(m => m.UserId == user.Id).Join(db.Roles, m => m.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel));
        if (problems.Count == 0) application.ServiceUserId = user?.Id;
        return problems;
    }

    async Task WriteAsync(OpenIdApplication application, string action, object details, Func<ValueTask> work, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await work();
        db.Audit(time, action, IdentityAudit.Application, application.Id, details);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    static object Told(OpenIdApplication application, ApplicationForm form) => new { application = application.DisplayName, addresses = form.Redirects, signedOutAddresses = form.SignedOutRedirects, scopes = form.Scopes, serviceUser = application.ServiceUserId };
}
