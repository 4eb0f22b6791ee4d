using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Permissions;

/// <summary>Which records of a type a right reaches for the current user: those that any of the grants opens.</summary>
public sealed record Reach(IReadOnlyList<Grant> Grants)
{
    public static readonly Reach Nothing = new([]);
    public static readonly Reach System = new([new EveryRecord("")]);

    public bool IsAll => Grants is [EveryRecord, ..];
    public bool IsNothing => Grants.Count == 0;

    /// <summary>With a grant of everything the others say nothing.</summary>
    public static Reach Of(IReadOnlyList<Grant> grants) => grants.FirstOrDefault(g => g is EveryRecord) is { } all ? new([all]) : new(grants);
}

/// <summary>One reason why records are open. <paramref name="Source"/> names the role or the sharing rule, for people.</summary>
public abstract record Grant(string Source);

public sealed record EveryRecord(string Source) : Grant(Source);

public sealed record OwnRecords(string Source, Guid User) : Grant(Source);

/// <param name="Below">Also those of units below.</param>
public sealed record RecordsOfUnits(string Source, IReadOnlyList<Guid> Units, bool Below) : Grant(Source);

public sealed record MatchingRecords(string Source, IReadOnlyList<FieldFilter> Filters) : Grant(Source)
{
    /// <summary>By a sharing rule and not by a role.</summary>
    public bool IsSharing { get; init; }
}

/// <param name="With">The user, their roles and units: whom a single record may be shared with.</param>
/// <param name="ToEdit">Only shares that allow changes.</param>
/// <param name="Today">Shares that ended before count no longer.</param>
public sealed record SharedRecords(IReadOnlyList<Guid> With, bool ToEdit, DateOnly Today) : Grant("");
