using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace TcCrm.Platform.Identity;

/// <summary>Who acts in this scope: the signed-in user of a request, or the user or system that a job runs for.</summary>
public sealed class CurrentUser(IHttpContextAccessor http)
{
    ClaimsPrincipal? _runsAs;

    /// <summary>The system itself: set-up, recipes at set-up, housekeeping. It may do everything.</summary>
    public bool IsSystem { get; private set; }
    public bool IsSignedIn => Principal?.Identity?.IsAuthenticated == true;
    public Guid? Id => Guid.TryParse(Principal?.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
    public string Name => Principal?.FindFirstValue(DisplayNameClaim) ?? Principal?.Identity?.Name ?? "";
    public IEnumerable<string> Roles => Principal?.FindAll(ClaimTypes.Role).Select(c => c.Value) ?? [];

    /// <summary>The permissions that this request is limited to, whatever its user may: those chosen for the key or the program that acts. Null: no such limit.</summary>
    public IReadOnlySet<string>? Limit => Principal?.HasClaim(c => c.Type == LimitClaim) == true ? Principal.FindAll(LimitClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal) : null;

    /// <summary>One for each permission of <see cref="Limit"/>; an empty one when there is none at all.</summary>
    public const string LimitClaim = "limited_to";
    public const string DisplayNameClaim = "display_name";
    internal const string ViewedUnitClaim = "viewed_unit";
    internal const string ViewedUnitNameClaim = "viewed_unit_name";

    /// <summary>Somebody else looks as this user, and may change nothing.</summary>
    public bool IsViewing => Actor is not null;

    /// <summary>Whoever looks as this user.</summary>
    internal CurrentUser? Viewer => Actor is { } actor ? new(http) { _runsAs = new(actor) } : null;

    /// <summary>The unit that a role is looked at in.</summary>
    internal (Guid Id, string Name)? ViewedUnit => Guid.TryParse(Principal?.FindFirstValue(ViewedUnitClaim), out var id) ? (id, Principal!.FindFirstValue(ViewedUnitNameClaim) ?? "") : null;

    /// <summary>The unit that the browser says its user works in, not yet checked. Programs and jobs choose none.</summary>
    internal Guid? ChosenUnit(string tenant) =>
        _runsAs is null && !IsViewing && http.HttpContext is { } request && !request.User.IsProgram() && Guid.TryParse(request.Request.Cookies[UnitCookie.NameOf(tenant)], out var id) ? id : null;

    ClaimsPrincipal? Principal => _runsAs ?? http.HttpContext?.User;
    ClaimsIdentity? Actor => (Principal?.Identity as ClaimsIdentity)?.Actor;

    /// <summary>For scopes without a request.</summary>
    public void RunAs(ClaimsPrincipal principal)
    {
        _runsAs = principal;
        IsSystem = false;
    }

    /// <summary>For the rest of this scope, whoever looks as somebody else is themselves.</summary>
    internal void BeOneself()
    {
        if (Actor is { } actor) _runsAs = new(actor);
    }

    public void RunAsSystem()
    {
        _runsAs = new();
        IsSystem = true;
    }
}

static class Programs
{
    /// <summary>Whoever came by a key or token: no browser has sent it by itself.</summary>
    public static bool IsProgram(this ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } who && who.AuthenticationType != IdentityConstants.ApplicationScheme;
}

/// <summary>A scheme that understands bearer tokens which are no API keys. <paramref name="Scheme"/> is its name.</summary>
public sealed record BearerTokens(string Scheme) : IContribution;
