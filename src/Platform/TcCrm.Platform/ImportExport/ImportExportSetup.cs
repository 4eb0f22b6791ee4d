using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.ImportExport.Exports;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.ImportExport.Verbs;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.ImportExport;

static class ImportExportSetup
{
    public static IServiceCollection AddImportExport(this IServiceCollection services) => services
        .AddScoped<Importer>().AddScoped<ImportFiles>().AddScoped<ImportWorkshop>().AddScoped<Exporter>().AddScoped<Pages.Import.ImportWatch>()
        .AddSingleton<ImportVerb>().AddSingleton<ExportVerb>();

    /// <summary>The platform's own handlers; they count in every tenant.</summary>
    public static IReadOnlyList<Contribution> Jobs(IServiceCollection services)
    {
        var contributed = new List<Contribution>();
        new Contributions(services, [], contributed).Add<IJobHandler, ImportJob>().Add<IJobHandler, Search.RebuildSearch>().Add<IPeriodicJob, RemoveOldImportFiles>();
        return contributed;
    }
}
