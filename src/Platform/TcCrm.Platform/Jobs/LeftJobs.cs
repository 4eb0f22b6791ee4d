using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Jobs;

/// <summary>
/// Finds jobs whose node died, and retries and periodic work that are due: asks the tenants' databases now and then, with one statement
/// and without waking the tenant. Warm ones are asked each minute; of the cold, of which there may be ten thousand, one slice each minute.
/// </summary>
public sealed class LeftJobs(JobSignal signal, TenantRegistry registry, SnapshotCache snapshots, TenantDatabases databases, TimeProvider time, ILogger<LeftJobs> log) : BackgroundService
{
    const int Slices = 10;
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    /// <summary>Periodic work wakes a tenant no more often than this. What its last visitors left is done after the first wait.</summary>
    static readonly TimeSpan LetSleep = TimeSpan.FromDays(1);
    /// <summary>How long a tenant that was woken may stay warm by itself; one that is warm later has visitors.</summary>
    static readonly TimeSpan Awake = TimeSpan.FromMinutes(20);
    readonly Dictionary<string, DateTime> _woken = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++) await LookAsync(round, stoppingToken);
    }

    /// <summary>The first round looks everywhere: this node may be the one that died. Returns the tenants with something to do.</summary>
    public async Task<IReadOnlyList<string>> LookAsync(int round, CancellationToken cancel)
    {
        var due = new List<string>();
        foreach (var tenant in registry.All.Where(t => t.State == TenantState.Running))
        {
            var warm = snapshots.IsWarm(tenant.Name);
            if (!warm && round > 0 && (uint)tenant.Name.GetHashCode(StringComparison.Ordinal) % Slices != round % Slices) continue;
            if (await IsDueAsync(tenant, warm, Moments.Now(time), cancel)) due.Add(tenant.Name);
        }
        foreach (var tenant in due) signal.Raise(tenant);
        return due;
    }

    async Task<bool> IsDueAsync(Tenant tenant, bool warm, DateTime now, CancellationToken cancel)
    {
        var woken = _woken.GetValueOrDefault(tenant.Name, DateTime.MinValue);
        if (warm)
        {
            if (now - woken > Awake) _woken.Remove(tenant.Name);
            return await HasDueAsync(tenant, "", now, cancel);
        }
        if (await HasDueAsync(tenant, $"AND kind NOT LIKE '{PeriodicJobs.Prefix}%'", now, cancel)) return true;
        if (now - woken < LetSleep || !await HasDueAsync(tenant, "", now, cancel)) return false;
        _woken[tenant.Name] = now;
        return true;
    }

    async Task<bool> HasDueAsync(Tenant tenant, string condition, DateTime now, CancellationToken cancel)
    {
        try
        {
            await using var connection = await databases.EngineOf(tenant).OpenAsync(tenant.Store, cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT 1 FROM job WHERE state < 2 AND due_at <= @now {condition} LIMIT 1";
            var moment = command.CreateParameter();
            (moment.ParameterName, moment.Value) = ("@now", now);
            command.Parameters.Add(moment);
            return await command.ExecuteScalarAsync(cancel) is not null;
        }
        catch (DbException e)
        {
            // A tenant that has not been brought up to date yet has no such table.
            log.LogDebug(e, "Jobs of tenant {Tenant} could not be counted", tenant.Name);
            return false;
        }
    }
}
