using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;
using TcCrm.Platform.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>To the endpoints an application that is switched off does not exist.</summary>
sealed class EnabledApplications(IMemoryCache cache, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options)
    : OpenIddictEntityFrameworkCoreApplicationStore<OpenIdApplication, OpenIdAuthorization, OpenIdToken, Guid>(cache, context, options)
{
    public override async ValueTask<OpenIdApplication?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) =>
        await base.FindByClientIdAsync(identifier, cancellationToken) is { IsEnabled: true } application ? application : null;

    public override IAsyncEnumerable<OpenIdApplication> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) => base.FindByPostLogoutRedirectUriAsync(uri, cancellationToken).Where(a => a.IsEnabled);
}

/// <summary>What is written as a set waits at the tenant's write gate like every other write.</summary>
sealed class GatedTokens(IMemoryCache cache, IOpenIddictEntityFrameworkCoreContext context, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options, CrmDbContext db)
    : OpenIddictEntityFrameworkCoreTokenStore<OpenIdToken, OpenIdApplication, OpenIdAuthorization, Guid>(cache, context, options)
{
    public override async ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(identifier);
        return await db.WriteAsync(() => db.Set<OpenIdToken>().Where(t => t.Authorization!.Id == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Status, Statuses.Revoked), cancellationToken), cancellationToken);
    }
}
