using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.Audit;

static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddScoped<AuditKey>().AddScoped<AuditHead>().AddScoped<VerifyAudit>().AddScoped<EraseAuditDetails>()
        .AddScoped<AuditList>().AddScoped<AuditWords>().AddScoped<AuditExport>().AddScoped<AuditWatch>();

    /// <summary>The platform's own; they count in every tenant.</summary>
    public static IReadOnlyList<Contribution> Jobs(IServiceCollection services)
    {
        var contributed = new List<Contribution>();
        new Contributions(services, [], contributed).Add<IPeriodicJob, SealAudit>().Add<IJobHandler, VerifyAuditJob>();
        return contributed;
    }
}
