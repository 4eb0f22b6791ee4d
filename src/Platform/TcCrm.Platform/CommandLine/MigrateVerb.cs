using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

static class MigrateVerb
{
    public static Command Command(VerbHost host)
    {
        var tenant = new Option<string?>("--tenant") { Description = "Only this one", HelpName = "NAME" };
        var command = new Command("migrate", "Bring the databases of all tenants up to what is installed, ahead of their first request") { tenant };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            var registry = services.GetRequiredService<TenantRegistry>();
            var chosen = parse.GetValue(tenant) is { } name ? [await registry.CurrentAsync(name, cancel)] : registry.All.Where(t => t.State != TenantState.Initializing).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
            var results = new List<object>();
            foreach (var each in chosen) results.Add(await MigrateAsync(each, services, output, cancel));
            output.Result(results, $"{results.Count} tenants looked at.");
        });
        return command;
    }

    static async Task<object> MigrateAsync(Tenant tenant, IServiceProvider services, VerbOutput output, CancellationToken cancel)
    {
        try
        {
            await services.GetRequiredService<TenantUpgrade>().RunAsync(tenant);
            if (tenant.State == TenantState.Invalid) await services.GetRequiredService<ResumeTenant>().ExecuteAsync(tenant.Name, cancel);
            output.Note($"{tenant.Name}: up to date");
            return new { tenant.Name, Error = (string?)null };
        }
        catch (TenantUpgradeException failed)
        {
            output.Fail($"{tenant.Name}: {failed.Message}");
            return new { tenant.Name, Error = (string?)failed.Message };
        }
    }
}
