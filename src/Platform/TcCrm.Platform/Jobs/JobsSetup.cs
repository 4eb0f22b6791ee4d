using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Platform.Jobs;

static class JobsSetup
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobSignal>().AddSingleton<JobRunner>().AddScoped<JobQueue>()
        .AddHostedService(sp => sp.GetRequiredService<JobRunner>()).AddHostedService<LeftJobs>();
}
