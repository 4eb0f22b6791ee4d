using Microsoft.AspNetCore.Identity;

namespace TcCrm.Platform.Identity;

public sealed class CrmUser : IdentityUser<Guid>
{
    public CrmUser() => Id = Guid.CreateVersion7();

    /// <summary>What colleagues see; the user name when empty.</summary>
    public string DisplayName { get; set; } = "";
    /// <summary>A disabled user is out at the next request.</summary>
    public bool IsEnabled { get; set; } = true;
    public bool MustChangePassword { get; set; }
    public DateTime CreatedAt { get; set; }
    /// <summary>IETF tag; null takes the tenant's.</summary>
    public string? Language { get; set; }

    public string Called => DisplayName.Length > 0 ? DisplayName : UserName ?? "";
}

/// <summary>A role; its permissions are role claims of type <see cref="PermissionClaim"/>.</summary>
public sealed class CrmRole : IdentityRole<Guid>
{
    public const string Administrator = "Administrator";
    public const string PermissionClaim = "Permission";

    public CrmRole() => Id = Guid.CreateVersion7();

    public string Description { get; set; } = "";
    /// <summary>Ships with the product: cannot be renamed or removed.</summary>
    public bool IsProtected { get; set; }
    /// <summary>A disabled role gives nothing to those who have it.</summary>
    public bool IsEnabled { get; set; } = true;
    /// <summary>Whoever has the role sets up a second factor before anything else.</summary>
    public bool RequiresSecondFactor { get; set; }
}
