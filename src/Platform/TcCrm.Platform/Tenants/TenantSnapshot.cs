using Microsoft.AspNetCore.Identity;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Events;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Tenants;

/// <summary>What one request may see of its tenant. Never changes; a change makes a new one.</summary>
public sealed class TenantSnapshot
{
    public required Tenant Tenant { get; init; }
    public required IReadOnlySet<string> Features { get; init; }
    public required TenantSettings Settings { get; init; }
    public required TenantTypes Types { get; init; }
    public IReadOnlyDictionary<string, RecordType> RecordTypes => Types.ByName;
    public TenantTexts Texts => field ??= Types.Texts.With(Settings[TenantTexts.Translations]);
    public required IReadOnlyDictionary<Type, Contribution[]> Contributions { get; init; }
    /// <summary>What roles, sharing and workplaces open. The administrator role needs none of it: it has all.</summary>
    public required TenantRights Rights { get; init; }
    public SeenTypes SeenTypes { get; } = new();
    public ReachSizes ReachSizes { get; } = new();
    public HeardEvents HeardEvents { get; } = new();
    public required IdentityOptions Identity { get; init; }
}

/// <summary>The tenant of this request or job.</summary>
public sealed class TenantContext
{
    TenantSnapshot? _snapshot;

    public bool HasTenant => _snapshot is not null;
    public TenantSnapshot Snapshot => _snapshot ?? throw new InvalidOperationException("This scope has no tenant.");

    public void Enter(TenantSnapshot snapshot)
    {
        _snapshot = _snapshot is null ? snapshot : throw new InvalidOperationException("This scope already has a tenant.");
        AmbientTenant.Name = snapshot.Tenant.Name;
        AmbientTenant.Texts = snapshot.Texts;
    }

    /// <summary>After a change made in this very scope (a recipe that switches features on), so that the rest of it sees the change.</summary>
    internal void Replace(TenantSnapshot snapshot)
    {
        _snapshot = snapshot;
        AmbientTenant.Texts = snapshot.Texts;
    }
}

/// <summary>The tenant's name for code that no scope reaches: data protection asks it at each call.</summary>
public static class AmbientTenant
{
    static readonly AsyncLocal<string?> Current = new();
    static readonly AsyncLocal<TenantTexts?> CurrentTexts = new();

    public static string? Name
    {
        get => Current.Value;
        internal set => Current.Value = value;
    }

    /// <summary>What the tenant calls its own types and fields.</summary>
    public static TenantTexts Texts
    {
        get => CurrentTexts.Value ?? TenantTexts.None;
        internal set => CurrentTexts.Value = value;
    }
}
