using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Api;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Modules.ThirdParty;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Hosting;

public static class PlatformPipeline
{
    public static void UseTcCrm(this WebApplication app)
    {
        var modules = app.Services.GetRequiredService<ModuleCatalog>();
        app.UseTrustedProxies();
        app.UseSecurityHeaders();
        app.UseModuleFiles(modules);
        app.UseTenants();
        app.UseRequestLanguage();
        app.UseErrorPages();
        app.UseSetupGate();
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<ApiLimits>();
        app.UseAuthorization();
        app.UseViewingGate();
        app.UseAntiforgery();
        app.UseApiBuffering();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages();
        app.MapShell();
        app.MapRecordApi();
        app.MapApiDocs();
        app.MapHost();
        app.MapSignIn();
        app.MapViewing();
        app.MapModules(modules);
    }
}
