namespace TcCrm.Ui;

public enum JobState { Waiting, Running, Done, Failed, Stopped }

/// <summary>For <c>_JobProgress</c>: a job that runs behind the page. While it runs, the part asks <see cref="Href"/> for itself every two seconds; without script a link reloads the page.</summary>
public sealed record JobProgress(string Id, string Title, JobState State, string Href)
{
    /// <summary>0 to 100, or null when the end is not known.</summary>
    public int? Percent { get; init; }
    /// <summary>Such as <c>1,200 of 9,959 rows</c>.</summary>
    public string? Detail { get; init; }
    public IReadOnlyList<JobStep> Steps { get; init; } = [];
    /// <summary>Where a POST asks the job to stop.</summary>
    public string? StopHref { get; init; }
    public bool IsMoving => State is JobState.Waiting or JobState.Running;
}

public sealed record JobStep(string Label, JobState State, string? Detail = null);
