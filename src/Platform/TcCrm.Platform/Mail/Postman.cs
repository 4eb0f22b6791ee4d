using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Mail;

/// <summary>Sends what waits. A mail that the server does not take is tried again with growing pauses, for three days.</summary>
public sealed class Postman(MailSignal signal, TenantScopes scopes, TimeProvider time, ILogger<Postman> log) : BackgroundService
{
    const int Batch = 20;
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    static readonly TimeSpan Kept = TimeSpan.FromDays(3);
    readonly ConcurrentDictionary<string, DateTime> _alarms = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var tenant in signal.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await DrainAsync(tenant, stoppingToken) is { } next) _ = WakeAtAsync(tenant, next, stoppingToken);
            }
            catch (BusinessRuleException) when (!scopes.Runs(tenant))
            {
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // also a cancellation of something inside, such as a server that took too long: what escapes here ends the host
            {
                log.LogError(e, "Mails of tenant {Tenant} could not be read", tenant);
            }
        }
    }

    /// <summary>Sends all that is due and says when the next is.</summary>
    public async Task<DateTime?> DrainAsync(string tenant, CancellationToken cancel)
    {
        while (await scopes.RunAsync(tenant, services => SendDueAsync(services, cancel), cancel)) { }
        return await scopes.RunAsync(tenant, services => services.GetRequiredService<CrmDbContext>().Set<MailMessage>().OrderBy(m => m.DueAt).Select(m => (DateTime?)m.DueAt).FirstOrDefaultAsync(cancel), cancel);
    }

    /// <summary>One alarm per tenant, the earliest.</summary>
    async Task WakeAtAsync(string tenant, DateTime at, CancellationToken cancel)
    {
        if (_alarms.TryGetValue(tenant, out var set) && set <= at) return;
        _alarms[tenant] = at;
        var pause = at - time.GetUtcNow().UtcDateTime;
        await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _alarms.TryRemove(KeyValuePair.Create(tenant, at));
        if (!cancel.IsCancellationRequested) signal.Raise(tenant);
    }

    async Task<bool> SendDueAsync(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var now = Moments.Now(time);
        var due = await db.Set<MailMessage>().AsNoTracking().Where(m => m.DueAt <= now).OrderBy(m => m.DueAt).Take(Batch).ToListAsync(cancel);
        foreach (var mail in due)
            if (await LeaseAsync(db, mail, now + Lease, cancel)) await SendAsync(services, db, mail, now, cancel);
        return due.Count == Batch;
    }

    /// <summary>Only one node gets it: the row still has to be as it was read.</summary>
    static async Task<bool> LeaseAsync(CrmDbContext db, MailMessage mail, DateTime until, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        var taken = await db.Set<MailMessage>().Where(m => m.Id == mail.Id && m.DueAt == mail.DueAt).ExecuteUpdateAsync(s => s.SetProperty(m => m.DueAt, until), cancel) == 1;
        await write.CommitAsync(cancel);
        return taken;
    }

    async Task SendAsync(IServiceProvider services, CrmDbContext db, MailMessage mail, DateTime now, CancellationToken cancel)
    {
        try
        {
            var server = services.GetRequiredService<MailSettings>().Server ?? throw new BusinessRuleException("No mail server is set up.");
            await SmtpDelivery.SendAsync(server, mail.Address, mail.Subject, services.GetRequiredService<MailQueue>().BodyOf(mail), cancel);
            await EndAsync(db, mail, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("Mail {Mail} could not be sent, attempt {Attempt}: {Error}", mail.Id, mail.Attempts + 1, e.GetType().Name);
            if (now - mail.CreatedAt > Kept) await EndAsync(db, mail, cancel);
            else await PutOffAsync(db, mail, e.GetType().Name, now, cancel);
        }
    }

    static async Task EndAsync(CrmDbContext db, MailMessage mail, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<MailMessage>().Where(m => m.Id == mail.Id).ExecuteDeleteAsync(cancel);
        await write.CommitAsync(cancel);
    }

    static async Task PutOffAsync(CrmDbContext db, MailMessage mail, string error, DateTime now, CancellationToken cancel)
    {
        var again = now + TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 30 * Math.Pow(2, mail.Attempts)));
        await using var write = await db.BeginWriteAsync(cancel);
        await db.Set<MailMessage>().Where(m => m.Id == mail.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.DueAt, again).SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.Error, error), cancel);
        await write.CommitAsync(cancel);
    }
}
