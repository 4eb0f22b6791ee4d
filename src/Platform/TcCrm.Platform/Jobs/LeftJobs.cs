using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Jobs;

/// <summary>
/// Finds jobs whose node died, and retries that are due: asks every tenant's database now and then, with one statement and without
/// waking the tenant. A tenant that has nothing to do stays cold.
/// </summary>
public sealed class LeftJobs(JobSignal signal, TenantRegistry registry, TenantDatabases databases, TimeProvider time, ILogger<LeftJobs> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var tenant in registry.All.Where(t => t.State == TenantState.Running))
            {
                if (await HasDueAsync(tenant, stoppingToken)) signal.Raise(tenant.Name);
            }
        }
    }

    async Task<bool> HasDueAsync(Tenant tenant, CancellationToken cancel)
    {
        try
        {
            await using var connection = await databases.EngineOf(tenant).OpenAsync(tenant.Store, cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1 FROM job WHERE state < 2 AND due_at <= @now LIMIT 1";
            var now = command.CreateParameter();
            (now.ParameterName, now.Value) = ("@now", Records.Moments.Now(time));
            command.Parameters.Add(now);
            return await command.ExecuteScalarAsync(cancel) is not null;
        }
        catch (System.Data.Common.DbException e)
        {
            // A tenant that has not been brought up to date yet has no such table.
            log.LogDebug(e, "Jobs of tenant {Tenant} could not be counted", tenant.Name);
            return false;
        }
    }
}
