using TcCrm.Platform.Jobs;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Privacy.Erasing;

/// <summary>Erases in the background. That it has ended is written together with the erasure itself: run again after that it does nothing, before that everything once more.</summary>
public sealed class ErasePersonJob(ErasureRuns runs, ErasePerson erase, ErasurePulse pulse, Access access) : IJobHandler
{
    public const string JobKind = "privacy.erase";

    public string Kind => JobKind;

    public async Task RunAsync(JobRun run, CancellationToken cancel)
    {
        var id = run.Arguments<EraseArguments>().Run;
        if (await runs.FindAsync(id, cancel) is not { EndedAt: null } asked) return;
        if (!access.May(PrivacyPermissions.ErasePersonalData) || access.TypeOf(asked.RecordType) is null) throw new BusinessRuleException("You may not erase people.");
        var (done, total) = (0, 0);
        pulse.Beat = () => run.ReportAsync(done, total, cancel);
        var mode = await erase.ExecuteAsync(new(asked.RecordType, asked.RecordId), ErasureCause.Request, new(StepAsync, EndAsync), cancel);
        if (mode is null) await runs.EndAsync(id, null, cancel);

        async Task StepAsync(string store, int count, int all)
        {
            await runs.NoteAsync(id, store, count, cancel);
            (done, total) = (done + 1, all);
            await pulse.Beat();
        }

        async Task EndAsync(ErasureMode what, int records)
        {
            await run.ReportAsync(total, total, cancel); // whoever has lost the lease meanwhile takes nothing away
            await runs.NoteAsync(id, ErasureRun.Records, records, cancel);
            await runs.EndAsync(id, what, cancel);
        }
    }
}

/// <summary>Told how an erasure goes on.</summary>
/// <param name="Step">After each store: its name, what it removed or emptied, how many steps there are.</param>
/// <param name="End">Inside the transaction that takes the records away: what became of the main one, and how many they were.</param>
public sealed record ErasureWatch(Func<string, int, int, Task> Step, Func<ErasureMode, int, Task> End)
{
    public static readonly ErasureWatch Nobody = new((_, _, _) => Task.CompletedTask, (_, _) => Task.CompletedTask);
}

/// <summary>A store that takes long says now and then that it is still at work.</summary>
public sealed class ErasurePulse
{
    public Func<Task> Beat { get; set; } = () => Task.CompletedTask;
}
