namespace TcCrm.Platform.Privacy;

/// <summary>What one may do with the data of people beyond the rights on their records.</summary>
public static class PrivacyPermissions
{
    public const string ErasePersonalData = nameof(ErasePersonalData);
    public const string CopyPersonalData = nameof(CopyPersonalData);
    public const string ManageRetention = nameof(ManageRetention);
    public const string NoteConsent = nameof(NoteConsent);

    public static readonly IReadOnlyList<Permission> All =
    [
        new(ErasePersonalData, "Erase people's data, hold records") { IsSecurityCritical = true },
        new(CopyPersonalData, "Make copies of all data of a person") { IsSecurityCritical = true },
        new(ManageRetention, "Say how long records are kept") { IsSecurityCritical = true },
        new(NoteConsent, "Note what people consent to") { DefaultRoles = [Permissions.PlatformPermissions.StaffRole] },
    ];
}
