using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;

namespace TcCrm.Platform.Identity;

/// <summary>
/// Somebody leaves the company: out at once, and what they leave behind goes where the administrator says. Much of it goes in the background;
/// a run that was cut short is taken up by running it once more.
/// </summary>
public sealed class LeaveCompany(UserAccounts accounts, UserRights rights, ITenantCatalogue catalogue, JobQueue jobs, CrmDbContext db)
{
    public const int MostAtOnce = 200;

    LeftOrders Orders => catalogue.Of<ILeftBehind>().OfType<LeftOrders>().Single();

    public async Task<IReadOnlyList<LeftItem>> LeftAsync(Guid user, CancellationToken cancel)
    {
        var items = new List<LeftItem>();
        foreach (var left in catalogue.Of<ILeftBehind>()) items.AddRange(await left.CountAsync(user, cancel));
        return items;
    }

    /// <returns>False when the rest is done in the background.</returns>
    /// <exception cref="BusinessRuleException">The acting user is no administrator, it is themselves or the last administrator, or the successor is not to be had.</exception>
    public async Task<bool> ExecuteAsync(CrmUser user, CrmUser? successor, CancellationToken cancel)
    {
        if (!rights.IsAdministrator) throw new BusinessRuleException("Only an administrator can do this: it reaches records of every type.");
        if (successor is not null && (successor.Id == user.Id || !successor.IsEnabled)) throw new BusinessRuleException("Choose somebody else who is still there.", "Successor");
        var left = (await LeftAsync(user.Id, cancel)).Sum(i => i.Count);
        if (user.IsEnabled)
        {
            await Orders.HoldAsync(user.Id, cancel);
            await accounts.LeaveAsync(user, successor?.Called, cancel); // before all else, so that nothing new comes to them while the rest goes
        }
        await Orders.HandOverAsync(user.Id, successor?.Id, _ => Task.CompletedTask, cancel);
        if (left > MostAtOnce)
        {
            await StartAsync(new(user.Id, successor?.Id, left), cancel);
            return false;
        }
        await HandOverAsync(user.Id, successor?.Id, _ => Task.CompletedTask, cancel);
        return true;
    }

    /// <summary>One at a time for a person: a second click waits for the first.</summary>
    async Task StartAsync(LeftWork work, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.AloneAsync($"{HandOverJob.Name} {work.User}", cancel);
        if (await HandOverJob.RunningAsync(db, work.User, cancel) is not null) return;
        await jobs.AddAsync(HandOverJob.Name, work, cancel);
        await write.CommitAsync(cancel);
        jobs.Wake();
    }

    internal async Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel)
    {
        foreach (var left in catalogue.Of<ILeftBehind>())
        {
            db.ChangeTracker.Clear();
            await left.HandOverAsync(user, successor, report, cancel);
        }
    }
}
