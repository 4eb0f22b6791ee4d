namespace TcCrm.Platform.Audit;

/// <summary>Who did what and when. Rows are only ever added.</summary>
public sealed class AuditEntry
{
    public Guid Id { get; private set; } = Ids.Next();
    public DateTime At { get; init; }
    /// <summary>Null when the system did it.</summary>
    public Guid? UserId { get; init; }
    /// <summary>What a save of a record writes: one entry and one version each.</summary>
    public static readonly string[] Saves = ["Created", "Updated", "Deleted", "Restored"];

    /// <summary><c>Created</c>, <c>Updated</c>, <c>Deleted</c>, <c>Restored</c>, <c>SignedIn</c>, <c>Exported</c> …</summary>
    public required string Action { get; init; }
    public string RecordType { get; init; } = "";
    public Guid? RecordId { get; init; }
    /// <summary>JSON; for records <c>{ "Field": ["old", "new"] }</c> in the fields' neutral text form.</summary>
    public string Details { get; init; } = "{}";
}
