using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Pages.Home;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Pages.Why;
using TcCrm.Platform.Pages.Sharing;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Settings;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

public static class ShellSetup
{
    public static void AddShell(this IServiceCollection services)
    {
        services.AddTcCrmUi();
        services.AddScoped<IShell, TenantShell>().AddScoped<Navigation>().AddScoped<PaletteSearch>().AddScoped<Organisation.UnitTree>().AddScoped<Organisation.UnitMoves>();
        services.AddScoped<ExplainRights>().AddScoped<WhyWords>().AddScoped<RecordShares>().AddScoped<SharingRules>().AddScoped<ShareTargets>();
        services.AddScoped<RecordAddress>().AddScoped<RecordLabels>().AddScoped<RecordLists>().AddScoped<Views.ListViews>().AddScoped<RecordBin>().AddScoped<FieldOptions>();
        services.AddScoped<RecordForms>().AddScoped<CreateRecordOnce>().AddScoped<RecordConflicts>().AddScoped<RecordHistory>().AddScoped<RecordViews>().AddScoped<RecordPartials>().AddScoped<RevealField>();
        services.AddScoped<PrintLists>().AddScoped<PrintedWords>().AddScoped<NotePrint>();
        services.AddScoped<HomeBoard>().AddScoped<FeatureSwitch>().AddSingleton<FeatureChange>().AddScoped<SaveSettings>().AddScoped<SaveNumberRule>();
        services.Configure<RazorViewEngineOptions>(o => o.ViewLocationExpanders.Add(new ModuleViewLocations()));
    }
}
