using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Tenants;

namespace TcCrm.BrowserTests;

/// <summary>The whole host behind a real port, on a data folder of its own that is gone afterwards.</summary>
public sealed class Site : WebApplicationFactory<Program>
{
    readonly string _data = Directory.CreateTempSubdirectory("tccrm-browser-").FullName;
    readonly IReadOnlyDictionary<string, string> _settings;

    Site(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        UseKestrel(0);
    }

    public string Address { get; private set; } = "";

    /// <summary>Starts the host and waits until it has set up the tenants that it was asked for.</summary>
    public static async Task<Site> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var site = new Site(settings ?? new Dictionary<string, string>());
        site.StartServer();
        site.Address = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        var entrance = site.Services.GetRequiredService<Entrance>();
        for (var waited = 0; !entrance.IsOpen && waited < 600; waited++) await Task.Delay(100);
        Assert.True(entrance.IsOpen, "The host has not opened within a minute.");
        return site;
    }

    /// <summary>Work inside the tenant, as the system.</summary>
    public Task<T> InAsync<T>(string tenant, Func<IServiceProvider, Task<T>> work) => Services.GetRequiredService<TenantScopes>().RunAsync(tenant, work, default);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("TcCrm:DataPath", _data);
        builder.ConfigureTestServices(s => s.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1_000));
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }
}
