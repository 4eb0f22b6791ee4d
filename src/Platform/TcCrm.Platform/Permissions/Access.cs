using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Permissions;

/// <summary>
/// The one place that decides what the current user may do, with which records and with which of their fields. Deny unless a role grants it.
/// Record types are asked for here: what a user may not see of a type is not in the type that they get, whatever the door.
/// </summary>
public sealed class Access(TenantContext tenant, CurrentUser user, TimeProvider time)
{
    readonly Dictionary<string, bool> _decided = new(StringComparer.Ordinal);
    readonly Dictionary<(string Type, RecordRight Right), Reach> _reaches = [];
    Access? _viewer;

    /// <summary>The system and administrators: no role, reach or field rule narrows them.</summary>
    internal bool IsUnlimited => user.IsSystem || (!user.IsViewing && user.Roles.Contains(CrmRole.Administrator));
    /// <summary>What may be done by whoever looks as this user: no more than both may.</summary>
    internal Access? Viewer => _viewer ??= user.Viewer is { } viewer ? new(tenant, viewer, time) : null;
    /// <summary>The rows of each type that a right reaches, found out once in this scope.</summary>
    internal Dictionary<(string Type, RecordRight Right), object> Visible { get; } = [];
    /// <summary>Whether the rows that a right reaches are many, which the caller knows how to count. A key or program that is limited may lack the right altogether.</summary>
    public ValueTask<bool> ReachesManyAsync(string type, RecordRight right, Func<Task<bool>> count) => tenant.Snapshot.ReachSizes.IsManyAsync(
        string.Join(' ', [type, right.ToString(), May(RecordPermissions.NameOf(right, type)) ? "" : "not", user.ViewedUnit?.Id.ToString() ?? "", user.Id?.ToString() ?? "", ChosenWorkplace?.UnitId.ToString() ?? "", .. user.Roles]), time, count);
    TenantRights Rights => tenant.Snapshot.Rights;
    IEnumerable<RoleRights> Roles => NamedRoles.Select(r => r.Rights);
    IEnumerable<(string Name, RoleRights Rights)> NamedRoles => user.Roles.Select(name => (name, Rights.Roles.GetValueOrDefault(name)!)).Where(r => r.Item2 is { IsEnabled: true });

    public bool May(string permission)
    {
        if (_decided.TryGetValue(permission, out var decided)) return decided;
        return _decided[permission] = user.Limit?.Contains(permission) != false && (IsUnlimited || RolesThatGive(permission).Any()) && Viewer?.May(permission) != false;
    }

    /// <summary>Those of the user's roles that hold the permission.</summary>
    public IEnumerable<string> RolesThatGive(string permission) => NamedRoles.Where(r => r.Rights.Permissions.Contains(permission)).Select(r => r.Name);

    /// <summary>With any record of the type at all.</summary>
    public bool May(RecordRight right, RecordType type) => May(RecordPermissions.NameOf(right, type.Name));

    /// <summary>The type as this user may see it; null when there is none for them.</summary>
    public RecordType? TypeOf(string name) =>
        tenant.Snapshot.RecordTypes.GetValueOrDefault(name) is { } type && May(RecordRight.View, type) ? Seen(type) : null;

    /// <summary>All types of which this user may see something.</summary>
    public IEnumerable<RecordType> Types => tenant.Snapshot.RecordTypes.Values.Where(t => May(RecordRight.View, t)).Select(Seen);

    /// <summary>The company's day.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, tenant.Snapshot.Settings.Zone));

    /// <summary>All units that this user works in now.</summary>
    public IReadOnlyList<Workplace> AllWorkplaces => field ??= user.Id is not { } id ? [] : user.ViewedUnit is { } unit ? [new(unit.Id, unit.Name, true, null, null)] : [.. Rights.Workplaces[id].Where(IsNow)];

    /// <summary>The unit that the user has chosen to work in; null when they work in all of theirs. A unit that is not theirs is no choice.</summary>
    public Workplace? ChosenWorkplace => user.ChosenUnit(tenant.Snapshot.Tenant.Name) is { } id ? AllWorkplaces.FirstOrDefault(w => w.UnitId == id) : null;

    /// <summary>The units whose work this user does now: the chosen one, else all that they work in.</summary>
    public IReadOnlyList<Workplace> Workplaces => field ??= ChosenWorkplace is { } chosen ? [chosen] : AllWorkplaces;

    /// <summary>Which records of the type the right reaches.</summary>
    public Reach ReachOf(RecordRight right, RecordType type)
    {
        if (IsUnlimited) return May(right, type) ? Reach.System : Reach.Nothing;
        if (_reaches.TryGetValue((type.Name, right), out var known)) return known;
        return _reaches[(type.Name, right)] = Reach.Of([.. GrantsOf(right, type)]);
    }

    /// <summary>Whether the right reaches every record of the type.</summary>
    public bool ReachesAll(RecordRight right, RecordType type) => ReachOf(right, type).IsAll && Viewer?.ReachesAll(right, type) != false;

    /// <summary>What the roles leave of a field. Roles that do not open the type at all have no say.</summary>
    public FieldLevel LevelOf(string type, string field)
    {
        if (IsUnlimited) return FieldLevel.Open;
        var level = LevelsOf(type, field).Select(l => l.Level).DefaultIfEmpty(FieldLevel.Open).Max();
        return Viewer?.LevelOf(type, field) is { } viewers && viewers < level ? viewers : level;
    }

    /// <summary>Fields of the type whose values this user may not read as they are.</summary>
    public IEnumerable<Field> ClosedFieldsOf(string type) => tenant.Snapshot.RecordTypes.GetValueOrDefault(type)?.Fields.Where(f => LevelOf(type, f.Name) < FieldLevel.ReadOnly) ?? [];

    /// <summary>What each role that opens the type leaves of a field.</summary>
    public IEnumerable<(string Role, FieldLevel Level)> LevelsOf(string type, string field) =>
        NamedRoles.Where(r => r.Rights.Permissions.Contains(RecordPermissions.NameOf(RecordRight.View, type))).Select(r => (r.Name, r.Rights.Fields.GetValueOrDefault((type, field), FieldLevel.Open)));

    /// <summary>Whether a role that is narrowed like this, or not at all, gives nothing that this user does not hold.</summary>
    public bool Covers(RecordRight right, string type, RoleReach? wanted)
    {
        var permission = RecordPermissions.NameOf(right, type);
        return IsUnlimited || Roles.Where(r => r.Permissions.Contains(permission)).Any(r => RoleReach.Covers(r.Reaches[(type, right)].FirstOrDefault(), wanted));
    }

    /// <summary>Whether the role gives nothing that this user does not hold.</summary>
    public bool Covers(RoleRights role) => role.Permissions.All(May) && tenant.Snapshot.RecordTypes.Values.All(type =>
        Enum.GetValues<RecordRight>().Where(right => role.Permissions.Contains(RecordPermissions.NameOf(right, type.Name))).All(right => Covers(right, type.Name, role.Reaches[(type.Name, right)].FirstOrDefault()))
        && (!role.Permissions.Contains(RecordPermissions.NameOf(RecordRight.View, type.Name)) || type.Fields.All(f => role.Fields.GetValueOrDefault((type.Name, f.Name), FieldLevel.Open) <= LevelOf(type.Name, f.Name))));

    IEnumerable<Grant> GrantsOf(RecordRight right, RecordType type)
    {
        var permission = RecordPermissions.NameOf(right, type.Name);
        if (!May(permission)) yield break;
        foreach (var (name, role) in NamedRoles.Where(r => r.Rights.Permissions.Contains(permission)))
            yield return GrantOf(name, role.Reaches[(type.Name, right)].FirstOrDefault());
        if (right is not (RecordRight.View or RecordRight.Edit) || user.Id is not { } me) yield break;
        Guid[] with = [me, .. Roles.Select(r => r.Id), .. Workplaces.Select(w => w.UnitId)];
        foreach (var rule in Rights.SharingRules[type.Name].Where(r => with.Contains(r.WithId) && (right == RecordRight.View || r.MayEdit)))
            yield return new MatchingRecords(rule.Name, rule.ReadFilters()) { IsSharing = true };
        if (Rights.HasShares) yield return new SharedRecords(with, right == RecordRight.Edit, Today);
    }

    Grant GrantOf(string role, RoleReach? reach) => reach?.Kind switch
    {
        ReachKind.Own => new OwnRecords(role, user.Id ?? Guid.Empty),
        ReachKind.Unit => new RecordsOfUnits(role, [.. Workplaces.Select(w => w.UnitId)], Below: false),
        ReachKind.UnitAndBelow => new RecordsOfUnits(role, [.. Workplaces.Select(w => w.UnitId)], Below: true),
        ReachKind.ChosenUnits => new RecordsOfUnits(role, reach.ReadUnits(), Below: true),
        ReachKind.Matching => new MatchingRecords(role, reach.ReadFilters()),
        _ => new EveryRecord(role),
    };

    bool IsNow(Workplace place) => (place.From is not { } from || from <= Today) && (place.Until is not { } until || Today <= until);

    RecordType Seen(RecordType type) => IsUnlimited ? type : tenant.Snapshot.SeenTypes.Of(type, Viewer is { IsUnlimited: false } ? [.. user.Roles, .. user.Viewer!.Roles.Select(r => "\t" + r)] : user.Roles, LevelOf);
}

/// <summary>Every permission that exists in a tenant: the platform's, those of its record types, those its features contribute.</summary>
public sealed class PermissionList(ITenantCatalogue catalogue, TenantContext tenant)
{
    public IEnumerable<Permission> All =>
        PlatformPermissions.All.Concat(tenant.Snapshot.RecordTypes.Values.SelectMany(RecordPermissions.Of)).Concat(catalogue.Of<Permission>());

    /// <summary>The granted permissions and all that they imply.</summary>
    public static HashSet<string> WithImplied(IEnumerable<string> granted, IReadOnlyCollection<Permission> all)
    {
        var result = new HashSet<string>(granted, StringComparer.Ordinal);
        while (all.Where(p => !result.Contains(p.Name) && p.ImpliedBy.Any(result.Contains)).ToList() is { Count: > 0 } implied)
            result.UnionWith(implied.Select(p => p.Name));
        return result;
    }
}
