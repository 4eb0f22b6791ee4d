using TcCrm.Platform.Data;

namespace TcCrm.Platform.Privacy.Consent;

/// <summary>How somebody gave or withdrew their consent. Stored by number: add at the end.</summary>
public enum ConsentChannel { Paper, Store, Phone, Website, App, WeChat, Email, Sms }

/// <summary>Somebody said yes or no to a purpose. Lines are only ever added; the last one counts.</summary>
public sealed class ConsentEntry : IPlatformEntity
{
    public Guid Id { get; private set; } = Ids.Next();
    public required string RecordType { get; init; }
    public Guid RecordId { get; init; }
    public Guid PurposeId { get; init; }
    /// <summary>False when it was withdrawn, or objected to.</summary>
    public bool IsGiven { get; init; }
    /// <summary>When the person said so.</summary>
    public DateTime At { get; init; }
    public ConsentChannel Channel { get; init; }
    /// <summary>Of the wording that they were shown.</summary>
    public required string WordingVersion { get; init; }
    /// <summary>Where it can be seen: the number of a form, a recording, a log line.</summary>
    public string Evidence { get; init; } = "";
    public DateTime NotedAt { get; init; }
    public Guid? NotedById { get; init; }
}
