using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Setup;

/// <summary>How far a set-up is, for the page that waits for it.</summary>
public static class SetupProgress
{
    static readonly SetupPhase[] Phases = Enum.GetValues<SetupPhase>();

    public static JobProgress Of(SetupRun run, string title, string href, IText text)
    {
        var now = run.Step?.Phase ?? SetupPhase.Database;
        return new("setup", title, run.HasFailed ? JobState.Failed : run.IsOver ? JobState.Done : JobState.Running, href)
        {
            Percent = run.IsOver && !run.HasFailed ? 100 : (int)now * 100 / Phases.Length,
            Detail = run.IsOver ? null : run.Step is { } step ? text[step.Key, step.Args] : null,
            Steps = [.. Phases.Select(phase => new JobStep(text[LabelOf(phase)], StateOf(run, now, phase)))],
        };
    }

    static JobState StateOf(SetupRun run, SetupPhase now, SetupPhase phase) =>
        run.IsOver && !run.HasFailed || phase < now ? JobState.Done
        : phase > now ? JobState.Waiting
        : run.HasFailed ? JobState.Failed : JobState.Running;

    static string LabelOf(SetupPhase phase) => phase switch
    {
        SetupPhase.Database => "Create the database",
        SetupPhase.Features => "Prepare the tables",
        SetupPhase.Administrator => "Create the administrator",
        SetupPhase.Recipe => "Run the recipe",
        SetupPhase.DemoData => "Fill in demo data",
        _ => "Put everything in its place",
    };
}
