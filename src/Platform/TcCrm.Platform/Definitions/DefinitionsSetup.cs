using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.Definitions;

static class DefinitionsSetup
{
    public static IServiceCollection AddDefinitions(this IServiceCollection services) => services.AddScoped<WriteDefinition>().AddScoped<FirstGrants>().AddScoped<DefineTypes>().AddScoped<Consequences>().AddScoped<TypeWords>();

    /// <summary>The platform's own; they count in every tenant.</summary>
    public static IReadOnlyList<Contribution> Jobs(IServiceCollection services)
    {
        var contributed = new List<Contribution>();
        new Contributions(services, [], contributed).Add<IJobHandler, BuildFieldIndexes>().Add<IJobHandler, ChangeValues>().Add<IPeriodicJob, EraseRemovedFields>();
        return contributed;
    }
}
