namespace TcCrm;

/// <summary>What happened to a record, as written to the outbox in the saving transaction. <paramref name="Name"/> is <c>type.Created</c>, <c>.Updated</c>, <c>.Deleted</c>, <c>.Restored</c>.</summary>
/// <param name="Details">JSON, where the event's module says more than which record it is.</param>
public sealed record RecordEvent(Guid Id, string Name, string RecordType, Guid RecordId, DateTime At, Guid? UserId, string? Details = null);

/// <summary>Runs after commit, at least once for each event: it must be idempotent by <see cref="RecordEvent.Id"/>.</summary>
public interface IReaction : IContribution
{
    /// <summary>Event name, or <c>type.*</c> for every event of a type.</summary>
    string On { get; }
    Task RunAsync(RecordEvent happened, CancellationToken cancel);
}

/// <summary>A fact that must hold for every saved record of a type; checked inside the saving transaction, whatever the door.</summary>
public interface IRecordRule : IContribution
{
    string RecordType { get; }
    ValueTask CheckAsync(Record record, ICollection<RecordProblem> problems, CancellationToken cancel);
}

/// <summary>Work that a feature wants done now and then. <see cref="Every"/> counts from the end of the last run; one node at a time runs it.</summary>
public interface IPeriodicJob : IContribution
{
    string Name { get; }
    TimeSpan Every { get; }
    Task RunAsync(CancellationToken cancel);
}
