using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>Lets a program act as a user. Only the hash of the secret is kept; the secret has 256 random bits, so no salt and no slow hash are needed.</summary>
public sealed class ApiKey : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    /// <summary>What it is used for.</summary>
    public required string Name { get; init; }
    public required byte[] SecretHash { get; init; }
    public DateTime CreatedAt { get; init; }
    public Guid? CreatedById { get; init; }
    /// <summary>Null: until it is revoked.</summary>
    public DateTime? ExpiresAt { get; init; }
    /// <summary>What the program may do at most; null: all that its user may. It never may more than the user.</summary>
    public List<string>? Permissions { get; init; }
    public DateTime? RevokedAt { get; set; }
    /// <summary>To the quarter of an hour.</summary>
    public DateTime? LastUsedAt { get; set; }

    public bool IsValidAt(DateTime now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
