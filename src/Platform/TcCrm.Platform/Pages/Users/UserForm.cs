using TcCrm.Platform.Identity;

namespace TcCrm.Platform.Pages.Users;

/// <summary>What one types about a user.</summary>
public sealed class UserForm
{
    public string? UserName { get; set; }
    public string? DisplayName { get; set; }
    public string? Email { get; set; }
    public List<string> Roles { get; set; } = [];

    public void CopyTo(CrmUser user)
    {
        user.UserName = UserName?.Trim();
        user.DisplayName = DisplayName?.Trim() ?? "";
        user.Email = string.IsNullOrWhiteSpace(Email) ? null : Email.Trim();
    }

    public static UserForm Of(CrmUser user, IEnumerable<string> roles) => new() { UserName = user.UserName, DisplayName = user.DisplayName, Email = user.Email, Roles = [.. roles] };
}

/// <summary>A role as a choice; those that hold more than the acting user are shown but cannot be given.</summary>
public sealed record RoleChoice(string Name, string Description, bool MayGive);

/// <summary>For <c>_UserFields</c>.</summary>
public sealed record UserFields(UserForm Form, IReadOnlyList<RoleChoice> Roles);
