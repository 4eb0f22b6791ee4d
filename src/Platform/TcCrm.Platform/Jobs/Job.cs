using TcCrm.Platform.Data;

namespace TcCrm.Platform.Jobs;

public enum JobState { Waiting, Running, Done, Failed, Cancelled }

/// <summary>
/// Work that outlives its request. A page adds one with <see cref="JobQueue.AddAsync"/> in its own transaction; a class that implements
/// <see cref="IJobHandler"/> and is contributed by a feature (<c>contributions.Add&lt;IJobHandler, X&gt;()</c>) does it on some node, in a scope of the
/// tenant, on behalf of the user who asked. A node that dies loses its lease, and another node runs the job again: handlers must bear that.
/// </summary>
public sealed class Job : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string Kind { get; init; }
    /// <summary>JSON, understood by the handler.</summary>
    public required string Arguments { get; init; }
    public JobState State { get; set; }
    public int Done { get; set; }
    /// <summary>0 while it is not known.</summary>
    public int Total { get; set; }
    public bool IsCancelAsked { get; set; }
    /// <summary>What to tell the user when it failed: a text key, as JSON with its arguments.</summary>
    public string? Error { get; set; }
    public Guid? UserId { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? EndedAt { get; set; }
    /// <summary>Not to be taken before: the lease of the node that runs it, or the pause after a failed attempt.</summary>
    public DateTime DueAt { get; set; }
    public int Attempts { get; set; }

    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

/// <summary>Does jobs of one kind.</summary>
public interface IJobHandler : IContribution
{
    string Kind { get; }
    /// <exception cref="BusinessRuleException">The job fails for good, and the user is told why. Any other exception is tried again a few times.</exception>
    Task RunAsync(JobRun run, CancellationToken cancel);
}
