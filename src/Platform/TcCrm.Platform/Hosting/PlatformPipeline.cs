using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

public static class PlatformPipeline
{
    public static void UseTcCrm(this WebApplication app)
    {
        app.UseTenants();
        app.UseRequestLanguage();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages();
        foreach (var (startup, features) in app.Services.GetRequiredService<ModuleCatalog>().Startups)
            startup.MapEndpoints(app.MapGroup("").WithMetadata(new RequiresFeature(features)));
    }
}
