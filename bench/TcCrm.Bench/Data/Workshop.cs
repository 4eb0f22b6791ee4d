using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>The product's services on a data folder, with no door: data is prepared here before a server is measured on it.</summary>
sealed class Workshop : IAsyncDisposable
{
    readonly WebApplication _app;

    Workshop(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;
    public TenantRegistry Registry => Services.GetRequiredService<TenantRegistry>();

    public static async Task<Workshop> OpenAsync(string dataPath, string? postgres = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["TcCrm:DataPath"] = dataPath;
        if (postgres is not null) (builder.Configuration["TcCrm:Database:Provider"], builder.Configuration["TcCrm:Database:ConnectionString"]) = ("Postgres", postgres);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddTcCrm(new ModuleCatalog(Assembly.Load("TcCrm.Customers"), Assembly.Load("TcCrm.Contents"), Assembly.Load("TcCrm.StaffTheme")));
        var app = builder.Build();
        await app.StartAsync();
        return new(app);
    }

    public Task<T> InAsync<T>(string tenant, Func<IServiceProvider, Task<T>> work) => Services.GetRequiredService<TenantScopes>().RunAsync(tenant, work, default);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
