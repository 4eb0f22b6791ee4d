using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

/// <summary>The kit alone: its headers, preferences and parts at <c>/t/demo</c>, without tenants or a database.</summary>
public sealed class KitHost : IAsyncDisposable
{
    readonly WebApplication _app;

    KitHost(WebApplication app) => _app = app;

    public static async Task<KitHost> StartAsync(Action<IEndpointRouteBuilder>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(IShell).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddTcCrmUi();
        builder.Services.AddSingleton<IText>(new TextCatalog(new ModuleCatalog()));
        builder.Services.AddRazorPages();
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UsePathBase("/t/demo");
        app.UseRouting();
        app.MapPreferences();
        more?.Invoke(app);
        await app.StartAsync();
        return new(app);
    }

    public HttpClient Client => _app.GetTestClient();

    /// <summary>A partial of the kit as a page of the tenant would show it, in Chinese unless told.</summary>
    public async Task<string> RenderAsync(string partial, object? model, string culture = "zh-CN")
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        await using var scope = _app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.PathBase = "/t/demo";
        var action = new Microsoft.AspNetCore.Mvc.ActionContext(http, new RouteData(), new ActionDescriptor());
        var view = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(null, $"/Pages/Shared/{partial}.cshtml", isMainPage: false).View
            ?? throw new InvalidOperationException("No partial " + partial);
        await using var output = new StringWriter();
        var data = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        var temp = scope.ServiceProvider.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);
        await view.RenderAsync(new ViewContext(action, view, data, temp, output, new HtmlHelperOptions()));
        return output.ToString();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
