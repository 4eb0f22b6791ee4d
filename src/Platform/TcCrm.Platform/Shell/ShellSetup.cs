using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Pages.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

public static class ShellSetup
{
    public static void AddShell(this IServiceCollection services)
    {
        services.AddTcCrmUi();
        services.AddScoped<IShell, TenantShell>().AddScoped<Navigation>().AddScoped<PaletteSearch>();
        services.AddScoped<RecordAddress>().AddScoped<RecordLabels>().AddScoped<RecordLists>().AddScoped<RecordBin>().AddScoped<FieldOptions>();
        services.Configure<RazorViewEngineOptions>(o => o.ViewLocationExpanders.Add(new ModuleViewLocations()));
    }
}
