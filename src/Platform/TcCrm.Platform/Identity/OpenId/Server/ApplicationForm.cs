using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Allowed = OpenIddict.Abstractions.OpenIddictConstants.Permissions;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What an administrator says about an application.</summary>
public sealed class ApplicationForm
{
    const int LongestName = 100;

    public string? Name { get; set; }
    /// <summary>Runs on a server that can keep a secret; otherwise in a browser or on a device, where nothing is secret.</summary>
    public bool HasSecret { get; set; } = true;
    /// <summary>One on each line, compared letter by letter.</summary>
    public string? RedirectAddresses { get; set; }
    /// <summary>The same for the way back after signing out.</summary>
    public string? SignedOutAddresses { get; set; }
    public bool AsksUser { get; set; } = true;
    public bool MayStay { get; set; }
    /// <summary>Lets it act without a person, with this user's rights.</summary>
    public string? ServiceUser { get; set; }
    public List<string> Scopes { get; set; } = [];

    public IReadOnlyList<string> Redirects => LinesOf(RedirectAddresses);
    public IReadOnlyList<string> SignedOutRedirects => LinesOf(SignedOutAddresses);

    public IEnumerable<RecordProblem> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName) yield return new("Form.Name", "Give the application a name of at most {0} characters.", LongestName);
        foreach (var (field, address) in Redirects.Select(r => ("Form.RedirectAddresses", r)).Concat(SignedOutRedirects.Select(r => ("Form.SignedOutAddresses", r))).Where(r => !IsAllowed(r.r)))
            yield return new(field, "'{0}' cannot be used: an address begins with https:// (on this machine http://localhost) or with the scheme of an app, and has no part behind #.", address);
        if (Redirects.Count == 0 && string.IsNullOrWhiteSpace(ServiceUser)) yield return new("Form.RedirectAddresses", "Give at least one address to come back to, or a user for whom the application works.");
        if (!HasSecret && !string.IsNullOrWhiteSpace(ServiceUser)) yield return new("Form.ServiceUser", "Only an application with a secret can work without a person.");
    }

    public OpenIddictApplicationDescriptor Describe(string clientId)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            DisplayName = Name!.Trim(),
            ClientType = HasSecret ? ClientTypes.Confidential : ClientTypes.Public,
            ConsentType = AsksUser ? ConsentTypes.Explicit : ConsentTypes.Implicit,
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        descriptor.RedirectUris.UnionWith(Redirects.Select(r => new Uri(r)));
        descriptor.PostLogoutRedirectUris.UnionWith(SignedOutRedirects.Select(r => new Uri(r)));
        descriptor.Permissions.UnionWith([Allowed.Endpoints.Token, Allowed.Endpoints.Revocation]);
        if (HasSecret) descriptor.Permissions.Add(Allowed.Endpoints.Introspection);
        if (Redirects.Count > 0) descriptor.Permissions.UnionWith([Allowed.Endpoints.Authorization, Allowed.Endpoints.EndSession, Allowed.GrantTypes.AuthorizationCode, Allowed.ResponseTypes.Code]);
        if (MayStay && Redirects.Count > 0) descriptor.Permissions.Add(Allowed.GrantTypes.RefreshToken);
        if (!string.IsNullOrWhiteSpace(ServiceUser)) descriptor.Permissions.Add(Allowed.GrantTypes.ClientCredentials);
        descriptor.Permissions.UnionWith(Scopes.Select(s => Allowed.Prefixes.Scope + s));
        return descriptor;
    }

    static string[] LinesOf(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    static bool IsAllowed(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && !uri.IsFile
        && uri.Scheme switch { "https" => uri.UserInfo.Length == 0, "http" => uri.IsLoopback, var own => own.Contains('.', StringComparison.Ordinal) };
}
