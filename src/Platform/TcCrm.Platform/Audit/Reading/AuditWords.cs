using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Audit;

/// <summary>Entries in words, for this user: of records and fields that the user may not see, nothing is said but that something was done.</summary>
public sealed class AuditWords(CrmDbContext db, RecordLabels labels, Access access, IText text)
{
    public const string ActionLabel = "AuditAction.";
    const string Tenant = "tenant";

    /// <summary>Those to choose from, of the platform; what a module may write besides is found by other filters.</summary>
    public static readonly IReadOnlyList<string> Actions =
    [
        "Created", "Updated", "Deleted", "Restored", "Revealed", "Exported", "Printed", "Imported", "SignedIn", "SignedOut", "SignInFailed", "SignInLocked", "ViewedAs", "ViewedAsEnded", "CodeRefused", "SessionsEnded", "SecondFactorOn", "SecondFactorOff", "SecondFactorReset", "SecondFactorRequired", "SecondFactorNotRequired", "RecoveryCodesRenewed", "RecoveryCodeUsed",
        "PasswordSet", "PasswordReset", "PasswordChanged",
        "Enabled", "Disabled", "Left", "Shared", "ShareWithdrawn", "Revoked", "AccessGranted", "AccessTakenBack", "SecretRenewed", "AccountLinked", "AccountUnlinked", "RolesFromProvider", "SettingsChanged", "NumberRuleChanged", "FeaturesEnabled", "FeaturesDisabled", "RanRecipe", "TypeMade", "TypeChanged", "TypeRemoved", "TypeBroughtBack", "AuditVerified", "AuditErased",
        "PersonErased", "PersonCopied", "PersonCopyFetched", "ConsentGiven", "ConsentWithdrawn", "HoldSet", "HoldLifted", "RetentionChanged", "RetentionRemoved", "RetentionApplied", "FieldsEmptied",
        "CreatedTenant", "SuspendedTenant", "ResumedTenant", "RemovedTenant", "BackedUpTenant", "RestoredTenant",
    ];

    public IEnumerable<string> Types => access.Types.Select(t => t.Name).Concat([IdentityAudit.User, IdentityAudit.Role, IdentityAudit.ApiKey, IdentityAudit.Application, IdentityAudit.Provider, SharingRules.Subject, AuditExport.Log]);

    public string LabelOf(string action) => text[ActionLabel + action];

    public string LabelOfType(string recordType) => recordType switch
    {
        "" => "",
        IdentityAudit.User => text["User"],
        IdentityAudit.Role => text["Role"],
        IdentityAudit.ApiKey => text["API key"],
        IdentityAudit.Application => text["Application"],
        IdentityAudit.Provider => text["Provider for single sign-on"],
        SharingRules.Subject => text["Sharing rule"],
        AuditExport.Log => text["Audit log"],
        Tenant => text["Tenant"],
        _ => text[recordType],
    };

    /// <summary>With words to search for, only the lines that have them in what this user may see.</summary>
    public async Task<IReadOnlyList<AuditLine>> OfAsync(IReadOnlyList<AuditEntry> entries, string search, CancellationToken cancel)
    {
        await labels.LoadUsersAsync(entries.Select(e => e.UserId).Concat(entries.Where(e => e.RecordType == IdentityAudit.User).Select(e => e.RecordId)), cancel);
        var records = await RecordsAsync(entries, cancel);
        var changes = new Dictionary<Guid, List<AuditChange>>();
        foreach (var entry in entries.Where(e => !IsHidden(e, records))) changes[entry.Id] = AuditChange.Of(entry, access.TypeOf(entry.RecordType));
        await labels.LoadAsync(changes.Values.SelectMany(c => c).SelectMany(c => c.PointsTo()), cancel);
        return [.. entries.Select(e => Line(e, records, changes.GetValueOrDefault(e.Id))).Where(l => search.Length == 0 || Has(l, changes.GetValueOrDefault(l.Entry.Id), search))];
    }

    async Task<Dictionary<Guid, (RecordType Type, Record Record)>> RecordsAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
    {
        var records = new Dictionary<Guid, (RecordType, Record)>();
        foreach (var group in entries.Where(e => e.RecordId is not null).GroupBy(e => e.RecordType, e => e.RecordId!.Value))
            if (access.TypeOf(group.Key) is { } type)
                foreach (var record in await type.FindManyAsync(db, [.. group.Distinct()], cancel)) records[record.Id] = (type, record);
        return records;
    }

    bool IsHidden(AuditEntry entry, Dictionary<Guid, (RecordType, Record)> records) =>
        !IsPlatform(entry.RecordType) && (access.TypeOf(entry.RecordType) is null || (entry.RecordId is { } id && !records.ContainsKey(id)));

    AuditLine Line(AuditEntry entry, Dictionary<Guid, (RecordType Type, Record Record)> records, List<AuditChange>? changes)
    {
        var (subject, href) = SubjectOf(entry, records);
        return new(entry, TimeZoneInfo.ConvertTimeFromUtc(entry.At, db.Snapshot.Settings.Zone), labels.UserName(entry.UserId), LabelOf(entry.Action), LabelOfType(entry.RecordType), subject, href,
            [.. (changes ?? []).Select(c => c.Worded(labels, db.Snapshot.Settings.FieldContext, text))], changes is null);
    }

    (string Subject, string? Href) SubjectOf(AuditEntry entry, Dictionary<Guid, (RecordType Type, Record Record)> records) => entry switch
    {
        { RecordId: null } => ("", null),
        { RecordType: IdentityAudit.User } => (labels.UserName(entry.RecordId), access.May(PlatformPermissions.ManageUsers) ? $"~/users/{entry.RecordId}" : null),
        { RecordType: IdentityAudit.Role } => ("", access.May(PlatformPermissions.ManageRoles) ? $"~/roles/{entry.RecordId}" : null),
        _ when records.TryGetValue(entry.RecordId!.Value, out var found) => (found.Type.TitleOf(found.Record), found.Record.DeletedAt is null ? RecordLinks.Of(found.Type, found.Record) : null),
        _ when IsPlatform(entry.RecordType) => ("", null),
        _ => (text["Not visible to you"], null),
    };

    /// <summary>What the platform itself writes entries about; types of records are in the catalogue, or were.</summary>
    static bool IsPlatform(string recordType) => recordType is "" or Tenant or AuditExport.Log or SharingRules.Subject or IdentityAudit.User or IdentityAudit.Role or IdentityAudit.ApiKey or IdentityAudit.Application or IdentityAudit.Provider;

    static bool Has(AuditLine line, List<AuditChange>? changes, string search) =>
        new[] { line.Subject, line.Entry.Address, line.Entry.Agent }.Concat((changes ?? []).Where(c => !c.IsMasked).SelectMany(c => new[] { c.Old, c.New })).Concat(line.Changes.SelectMany(c => new[] { c.Old, c.New }))
            .Any(t => t?.Contains(search, StringComparison.OrdinalIgnoreCase) == true);
}
