using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Sets up what <c>--demo</c> and <c>TcCrm:AutoSetup</c> ask for and is not there yet. Credentials go to standard output, once.</summary>
public sealed class InitialTenants(SetUpTenants setUp, TenantRegistry registry, Entrance entrance, IServer server, IOptions<TcCrmOptions> options, ILogger<InitialTenants> log) : IHostedLifecycleService, IDisposable
{
    readonly CancellationTokenSource _stopping = new();
    Task _work = Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _work = RunAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            if (options.Value.Demo) await SetUpDemoAsync(cancel);
            foreach (var each in options.Value.AutoSetup.Where(s => registry.Find(s.Name) is null)) await setUp.RunAsync([each.ToWish()], null, cancel);
            entrance.Open();
            if (registry.Find(Tenant.DefaultName) is null) await Console.Out.WriteLineAsync($"Set-up: {Address()}{SetupGate.Path}?{SetupToken.Parameter}={entrance.Token.Value}");
        }
        catch (SetupRefusedException refused)
        {
            foreach (var problem in refused.Problems) log.LogError("The tenant {Tenant} cannot be set up. {Field}: {Problem}", refused.Tenant, problem.Field, string.Format(System.Globalization.CultureInfo.InvariantCulture, problem.Key, problem.Args));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The tenants that this host is started with could not be set up");
        }
    }

    async Task SetUpDemoAsync(CancellationToken cancel)
    {
        var made = new List<NewCredentials>();
        var wishes = new[] { Wish(TenantWish.ForHost, "Host administrator", Tenant.DefaultName), Wish(u => new("demo", "demo", u) { Reveal = made.Add }, "Administrator", "demo") }.OfType<TenantWish>().ToList();
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

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work;
    }

    public void Dispose() => _stopping.Dispose();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
