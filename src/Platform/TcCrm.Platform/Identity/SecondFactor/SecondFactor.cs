using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>The authenticator app of a user. There is a row once the user has shown a code of it.</summary>
public sealed class SecondFactor : IPlatformEntity
{
    public Guid UserId { get; init; }
    /// <summary>Under the tenant's data protection.</summary>
    public required string Secret { get; init; }
    /// <summary>Of the last code taken: none of this or an earlier step is taken again.</summary>
    public long LastStep { get; set; }
    public DateTime Since { get; init; }
}
