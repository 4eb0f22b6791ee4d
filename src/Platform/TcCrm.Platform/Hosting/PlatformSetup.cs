using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Api;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Events;
using TcCrm.Platform.Identity;
using TcCrm.Platform.ImportExport;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Pages.Errors;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Tenants.Backups;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Hosting;

/// <summary>Composes the host: services here, the order of the pipeline in <see cref="PlatformPipeline"/>.</summary>
public static class PlatformSetup
{
    /// <summary>The look of tenants that run no recipe.</summary>
    internal const string StaffTheme = "TcCrm.StaffTheme";

    /// <summary>What these say at Information has addresses with their query in it, and with it the numbers that people search for. Turning on more of the log must not write those down.</summary>
    static readonly string[] AddressesInLogs = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Mvc.Infrastructure", "Microsoft.AspNetCore.Http.Result"];

    public static void AddTcCrm(this WebApplicationBuilder builder, ModuleCatalog modules)
    {
        var services = builder.Services;
        foreach (var told in AddressesInLogs) builder.Logging.AddFilter(told, LogLevel.Warning);
        services.Configure<TcCrmOptions>(builder.Configuration.GetSection("TcCrm"));
        services.AddSingleton(modules).AddSingleton(TimeProvider.System).AddHttpContextAccessor().AddProblemDetails();
        services.AddSingleton<TextCatalog>().AddSingleton<IText>(services => services.GetRequiredService<TextCatalog>());
        AddTenants(services);
        AddRecords(services);
        services.AddRecipes();
        services.AddJobs().AddImportExport().AddAudit().AddDefinitions();
        services.AddSingleton(new ContributionList([.. RecipesSetup.Steps(services), .. ImportExportSetup.Jobs(services), .. AuditSetup.Jobs(services), .. DefinitionsSetup.Jobs(services), .. LeavingSetup.Left(services), .. modules.Compose(services)]));
        AddSignIn(services, builder.Configuration["TcCrm:DataPath"] ?? new TcCrmOptions().DataPath);
        AddPages(services, modules);
    }

    static void AddTenants(IServiceCollection services)
    {
        services.AddSingleton<DatabaseEngine, SqliteEngine>().AddSingleton<DatabaseEngine, PostgresEngine>();
        services.AddSingleton<TenantDatabases>().AddSingleton<ModuleMigrations>().AddSingleton<HostDatabase>().AddSingleton<AdministrationLocks>();
        services.AddSingleton<TenantRegistry>().AddSingleton<SnapshotCache>().AddSingleton<TenantScopes>().AddSingleton<TenantUpgrade>().AddSingleton<TenantSetup>();
        services.AddScoped<TenantContext>().AddScoped<ITenantCatalogue, TenantCatalogue>().AddScoped(typeof(IOptional<>), typeof(Optional<>));
        services.AddSingleton<TenantFolders>().AddSingleton<TenantKeys>().AddSingleton<TenantTraffic>().AddSingleton<TenantFilling>().AddSingleton<SetUpTenants>().AddSingleton<SetupRuns>().AddSingleton<BroughtRecipes>().AddScoped<Pages.Setup.SetupChoices>();
        services.AddSingleton<HostStart>().AddHostedService(sp => sp.GetRequiredService<HostStart>());
        services.AddSingleton<TenantStanding>().AddSingleton<TenantReplacement>().AddSingleton<HostAudit>().AddSingleton<SuspendTenant>().AddSingleton<ResumeTenant>().AddSingleton<RemoveTenant>();
        services.AddSingleton<BackUpTenant>().AddSingleton<RestoreTenant>().AddHostedService<RegistryWatch>().AddHostedService<IdleTenants>();
        services.AddSingleton<Entrance>().AddHostedService<InitialTenants>();
    }

    static void AddRecords(IServiceCollection services)
    {
        services.AddSingleton<CodeRecordTypes>().AddSingleton<EventSignal>().AddSingleton<Dispatcher>();
        services.AddHostedService(sp => sp.GetRequiredService<Dispatcher>());
        services.AddScoped<CurrentUser>().AddScoped<Access>().AddScoped<PermissionList>().AddScoped<RecordStore>().AddScoped<ApiTarget>();
        services.AddScoped(sp =>
        {
            var user = sp.GetRequiredService<CurrentUser>();
            return sp.GetRequiredService<TenantDatabases>().Open(sp.GetRequiredService<TenantContext>().Snapshot, sp, () => user.Id);
        });
    }

    static void AddSignIn(IServiceCollection services, string dataPath)
    {
        services.AddCrmIdentity();
        services.AddDataProtection().SetApplicationName("TcCrm").PersistKeysToFileSystem(new(Path.Combine(dataPath, "keys")));
        var inner = services.Last(s => s.ServiceType == typeof(IDataProtectionProvider));
        services.Remove(inner);
        services.AddSingleton<IDataProtectionProvider>(sp => new TenantDataProtection((IDataProtectionProvider)inner.ImplementationFactory!(sp), sp.GetRequiredService<TenantKeys>()));
    }

    static void AddPages(IServiceCollection services, ModuleCatalog modules)
    {
        services.AddShell();
        services.Configure<RouteOptions>(o =>
        {
            o.SetParameterPolicy<ModuleRouteConstraint>("module");
            o.SetParameterPolicy<RecordRouteConstraint>("record");
        });
        services.AddSingleton<MatcherPolicy, FeatureGate>().AddSingleton<MatcherPolicy, HostGate>();
        var mvc = services.AddRazorPages().AddMvcOptions(o => o.Filters.Add<RefusedSteps>());
        foreach (var part in modules.Assemblies.Append(typeof(Ui.IShell).Assembly).SelectMany(a => ApplicationPartFactory.GetApplicationPartFactory(a).GetApplicationParts(a)))
            if (mvc.PartManager.ApplicationParts.All(p => p.Name != part.Name || p.GetType() != part.GetType())) mvc.PartManager.ApplicationParts.Add(part);
        services.Configure<RazorPagesOptions>(o =>
        {
            o.Conventions.Add(new PageFeatures(modules, mvc.PartManager));
            o.Conventions.Add(new HostPages());
        });
    }
}
