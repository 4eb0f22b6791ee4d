using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Sets up what <c>--demo</c> and <c>TcCrm:AutoSetup</c> ask for and is not there yet. Credentials go to standard output, once.</summary>
public sealed class InitialTenants(SetUpTenants setUp, TenantRegistry registry, Entrance entrance, IServer server, IHostApplicationLifetime lifetime, IServiceProvider services) : IHostedLifecycleService
{
    Task _work = Task.CompletedTask;

    TcCrmOptions Options => services.GetRequiredService<IOptions<TcCrmOptions>>().Value;
    ILogger Log => services.GetRequiredService<ILogger<InitialTenants>>();

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _work = RunAsync(lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            if (Options.Demo) await SetUpDemoAsync(cancel);
            foreach (var each in Options.AutoSetup.Where(s => registry.Find(s.Name) is null)) await SetUpAsync(each, cancel);
            entrance.Open();
            if (registry.Find(Tenant.DefaultName) is null) await Console.Out.WriteLineAsync($"Set-up: {Address()}{SetupGate.Path}?{SetupToken.Parameter}={entrance.Token.Value}");
        }
        catch (SetupRefusedException refused)
        {
            foreach (var problem in refused.Problems) Log.LogError("The tenant {Tenant} cannot be set up. {Field}: {Problem}", refused.Tenant, problem.Field, string.Format(System.Globalization.CultureInfo.InvariantCulture, problem.Key, problem.Args));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The tenants that this host is started with could not be set up");
        }
    }

    async Task SetUpAsync(AutoSetupOptions wanted, CancellationToken cancel)
    {
        try
        {
            await setUp.RunAsync([wanted.ToWish()], null, cancel);
        }
        catch (SetupRefusedException) when (registry.Find(wanted.Name) is { State: TenantState.Running })
        {
            // Another node that was started with the same list was first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && wanted.AdminPasswordFile is not null)
        {
            throw new SetupRefusedException([new(nameof(wanted.AdminPasswordFile), "The file cannot be read: {0}", e.Message)]) { Tenant = wanted.Name };
        }
    }

    async Task SetUpDemoAsync(CancellationToken cancel)
    {
        var made = new List<NewCredentials>();
        var wishes = new[] { Wish(TenantWish.ForHost, "Host administrator", Tenant.DefaultName), Wish(u => new("demo", "demo", u) { Title = "TC-CRM 演示", Reveal = made.Add }, "Administrator", "demo") }.OfType<TenantWish>().ToList();
        if (wishes.Count == 0) return;
        await setUp.RunAsync(wishes, null, cancel);
        foreach (var each in made.Where(m => wishes.Any(w => w.Name == m.Tenant)))
            await Console.Out.WriteLineAsync($"{each.Role}\t{Address()}{new Tenant(each.Tenant, "", TenantState.Running).PathBase}\t{each.UserName}\t{each.Password}");

        TenantWish? Wish(Func<FirstUser, TenantWish> make, string role, string name)
        {
            if (registry.Find(name) is not null) return null;
            var user = new FirstUser("admin", FirstUsers.NewPassword());
            made.Add(new(name, role, user.UserName, user.Password));
            return make(user);
        }
    }

    /// <summary>Where the host listens, as a browser on this machine would call it.</summary>
    string Address()
    {
        var listens = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        return listens.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => _work;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
