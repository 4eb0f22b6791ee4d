using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TcCrm.Platform.Tenants;

/// <summary>One set-up that runs behind a page. Its id cannot be guessed: whoever has it may look on.</summary>
public sealed class SetupRun(string tenant, object form)
{
    volatile SetupStep? _step;

    public string Id { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);
    public string Tenant { get; } = tenant;
    /// <summary>What was typed, without passwords, to be shown again if it is refused.</summary>
    public object Form { get; } = form;
    public SetupStep? Step => _step;
    public bool IsOver { get; private set; }
    public bool HasFailed { get; private set; }
    /// <summary>What has to be corrected; empty if it failed for another reason, which is in the log.</summary>
    public SetupRefusedException? Refused { get; private set; }

    internal void Report(SetupStep step)
    {
        if (_step is null || step.Phase >= _step.Phase) _step = step;
    }

    internal void End(bool failed, SetupRefusedException? refused = null) => (HasFailed, Refused, IsOver) = (failed, refused, true);
}

/// <summary>Set-ups of this process, so that a page which was reloaded finds its own again.</summary>
public sealed class SetupRuns(SetUpTenants setUp, BroughtRecipes brought, IHostApplicationLifetime lifetime, ILogger<SetupRuns> log)
{
    const int Kept = 50;
    readonly Lock _starting = new();
    readonly ConcurrentDictionary<string, SetupRun> _runs = new(StringComparer.Ordinal);

    public SetupRun? Find(string id) => _runs.GetValueOrDefault(id);

    /// <summary>The first wish is the one whose progress is shown. A form that was sent twice leads to the run that its first copy has begun.</summary>
    public SetupRun Start(IReadOnlyList<TenantWish> wishes, object form)
    {
        lock (_starting)
        {
            if (_runs.Values.FirstOrDefault(r => !r.IsOver && r.Tenant == wishes[0].Name) is { } running) return running;
            var run = new SetupRun(wishes[0].Name, form);
            foreach (var old in _runs.Values.Where(r => r.IsOver).Take(Math.Max(0, _runs.Count - Kept)).ToList()) _runs.TryRemove(old.Id, out _);
            _runs[run.Id] = run;
            _ = Task.Run(() => RunAsync(run, wishes), CancellationToken.None);
            return run;
        }
    }

    async Task RunAsync(SetupRun run, IReadOnlyList<TenantWish> wishes)
    {
        try
        {
            await setUp.RunAsync(wishes, run.Report, lifetime.ApplicationStopping);
            foreach (var wish in wishes) brought.Forget(wish.Recipe);
            run.End(failed: false);
        }
        catch (SetupRefusedException refused)
        {
            run.End(failed: true, refused);
        }
        catch (Exception e)
        {
            log.LogError(e, "The set-up of tenant {Tenant} failed", run.Tenant);
            run.End(failed: true);
        }
    }
}
