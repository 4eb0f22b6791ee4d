using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>A browser in which somebody is signed in. The row is the session: signed out, revoked or overtaken by a new password, it is gone, and so is who came with its cookie.</summary>
public sealed class UserSession : IPlatformEntity
{
    static readonly TimeSpan Remembered = TimeSpan.FromDays(14);
    static readonly TimeSpan Working = TimeSpan.FromHours(12);

    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public DateTime BegunAt { get; init; }
    /// <summary>To five minutes.</summary>
    public DateTime SeenAt { get; set; }
    public bool IsRemembered { get; init; }
    /// <summary>By the provider where the user signed in: then a role that asks for a second factor has it for this session.</summary>
    public bool ProvedSecondFactor { get; init; }
    public string? Address { get; init; }
    /// <summary>Browser and system in a few words.</summary>
    public string? Agent { get; init; }
    /// <summary>As whom the user looks: another user, or a role (<see cref="ViewedRoleId"/>) in a unit.</summary>
    public Guid? ViewedUserId { get; set; }
    public Guid? ViewedRoleId { get; set; }
    public Guid? ViewedUnitId { get; set; }
    /// <summary>Null while the user is themselves.</summary>
    public DateTime? ViewedUntil { get; set; }

    /// <summary>After that long without a sign of life it is over.</summary>
    public TimeSpan Lasts => LastsWhen(IsRemembered);

    public static TimeSpan LastsWhen(bool remembered) => remembered ? Remembered : Working;
}
