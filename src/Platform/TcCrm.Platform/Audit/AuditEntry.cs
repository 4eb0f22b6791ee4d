using System.Security.Cryptography;

namespace TcCrm.Platform.Audit;

/// <summary>Who did what, when and from where. Rows are only ever added; sealing adds their block, and erasing a person takes out what was said about them.</summary>
public sealed class AuditEntry
{
    /// <summary>What a save of a record writes: one entry and one version each.</summary>
    public static readonly string[] Saves = ["Created", "Updated", "Deleted", "Restored"];
    string _details = "{}";

    public Guid Id { get; private set; } = Ids.Next();
    /// <summary>To the microsecond, as both engines can keep it: the digest is made from it.</summary>
    public DateTime At { get; init => field = new(value.Ticks - (value.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc); }
    /// <summary>Null when the system did it.</summary>
    public Guid? UserId { get; init; }
    /// <summary><c>Created</c>, <c>Updated</c>, <c>Deleted</c>, <c>Restored</c>, <c>SignedIn</c>, <c>Exported</c> …; its label is <c>AuditAction.SignedIn</c>.</summary>
    public required string Action { get; init; }
    public string RecordType { get; init; } = "";
    public Guid? RecordId { get; init; }
    /// <summary>JSON; for records <c>{ "Field": ["old", "new"] }</c> in the fields' neutral text form.</summary>
    public string Details { get => _details; init => _details = value; }
    /// <summary>Of the request, if there was one.</summary>
    public string? Address { get; private set; }
    /// <summary>Browser and system in a few words.</summary>
    public string? Agent { get; private set; }
    /// <summary>Random. Once the entry is erased, what the erased part came to, so that the rest can still be checked.</summary>
    public byte[]? Salt { get; private set; }
    /// <summary>Null for rows that were written set-wise, until they are sealed.</summary>
    public byte[]? Digest { get; private set; }
    /// <summary>The block in which it is sealed.</summary>
    public long? Block { get; private set; }
    public DateTime? ErasedAt { get; private set; }

    internal AuditContent Content() => new(Id, At, UserId, Action, RecordType, RecordId, Details, Address, Agent);

    internal void Stamp(string? address, string? agent)
    {
        (Address, Agent, Salt) = (address, agent, RandomNumberGenerator.GetBytes(AuditContent.SaltLength));
        var content = Content();
        Digest = content.Digest(content.Personal(Salt));
    }

    internal void Complete()
    {
        if (Digest is null) Stamp(Address, Agent);
    }

    internal void Erase(DateTime now)
    {
        if (ErasedAt is not null) return;
        Complete();
        (Salt, _details, Address, Agent, ErasedAt) = (Content().Personal(Salt!), "{}", null, null, now);
    }
}
