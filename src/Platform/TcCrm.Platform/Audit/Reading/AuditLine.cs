using TcCrm.Platform.Pages.Records;

namespace TcCrm.Platform.Audit;

/// <summary>An entry as somebody may read it.</summary>
/// <param name="At">In the tenant's zone.</param>
/// <param name="What">The kind of thing it was done to; empty for the tenant as a whole.</param>
/// <param name="Subject">The thing itself, with its address where it has a page for this user.</param>
/// <param name="Changes">Fields and further words; <c>Old</c> is empty where there is nothing to compare with.</param>
/// <param name="IsHidden">The user may not see the thing, so not what was done to it either.</param>
public sealed record AuditLine(AuditEntry Entry, DateTime At, string Who, string Action, string What, string Subject, string? Href, IReadOnlyList<HistoryChange> Changes, bool IsHidden)
{
    public string Icon => Entry.Action switch
    {
        "Created" => "plus",
        "Updated" => "pencil",
        "Deleted" => "trash",
        "Restored" => "arrow-back-up",
        "Exported" => "download",
        "Printed" => "printer",
        "Imported" => "upload",
        "SignedIn" or "SignedOut" => "logout",
        "SignInFailed" or "SignInLocked" => "lock",
        "PasswordSet" or "PasswordReset" or "PasswordChanged" or "Revoked" => "key",
        "AuditVerified" => "shield-check",
        _ => "settings",
    };

    public string Tone => Entry.Action switch
    {
        "Created" or "Restored" or "SignedIn" => "green",
        "Deleted" or "SignInFailed" or "SignInLocked" or "AuditErased" => "red",
        "Exported" or "Printed" or "Revoked" or "Disabled" => "amber",
        _ => "blue",
    };
}
