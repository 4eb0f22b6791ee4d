using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Expired tokens go a day later, and grants that no token belongs to and that are not remembered; keys are renewed when it is time.</summary>
public sealed class PruneOpenIdTokens(CrmDbContext db, OpenIdKeys keys, TimeProvider time) : IPeriodicJob
{
    public string Name => "prune-openid-tokens";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var until = Moments.Now(time) - TimeSpan.FromDays(1);
        await db.WriteAsync(async () =>
        {
            var gone = await db.Set<OpenIdToken>().Where(t => t.ExpirationDate < until).ExecuteDeleteAsync(cancel);
            return gone + await db.Set<OpenIdAuthorization>().Where(a => a.CreationDate < until && (a.Type == AuthorizationTypes.AdHoc || a.Status != Statuses.Valid) && !db.Set<OpenIdToken>().Any(t => t.Authorization!.Id == a.Id)).ExecuteDeleteAsync(cancel);
        }, cancel);
        keys.Rotate();
    }
}
