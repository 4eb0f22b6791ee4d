using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.Identity;

static class LeavingSetup
{
    /// <summary>What the platform itself keeps by user; it counts in every tenant.</summary>
    public static IReadOnlyList<Contribution> Left(IServiceCollection services)
    {
        var contributed = new List<Contribution>();
        new Contributions(services, [], contributed).Add<ILeftBehind, LeftOrders>().Add<ILeftBehind, LeftKeys>().Add<ILeftBehind, LeftRecords>().Add<ILeftBehind, LeftPlaces>().Add<ILeftBehind, LeftShares>().Add<IJobHandler, HandOverJob>();
        services.AddScoped<LeaveWatch>();
        return contributed;
    }
}
