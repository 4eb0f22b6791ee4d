namespace TcCrm.Platform.Events;

/// <summary>An event that was written in the saving transaction and waits for its reactions; removed when all have run.</summary>
public sealed class OutboxEntry
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string Event { get; init; }
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    /// <summary>JSON, where the event's module says more than which record it is.</summary>
    public string? Details { get; init; }
    public DateTime At { get; init; }
    public Guid? UserId { get; init; }
    public int Attempts { get; set; }
    /// <summary>Not taken before; pushed ahead while a node works on it, so that another does not.</summary>
    public DateTime DueAt { get; set; }
    public string? Error { get; set; }
}
