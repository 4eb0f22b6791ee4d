using System.Security.Claims;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Whom a provider has vouched for, by its claims.</summary>
public sealed class ProviderPerson(SignInProvider provider, IReadOnlyList<Claim> claims)
{
    const int LongestName = 100;

    public string Subject => First("sub") ?? throw new InvalidOperationException("A validated token has a subject.");
    public string? Mail => First("email");
    public bool HasVerifiedMail => Mail is not null && (provider.TrustsMail || string.Equals(First("email_verified"), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a user recognises the account by.</summary>
    public string Called => Cut(First("email") ?? First("preferred_username") ?? First("name") ?? Subject);
    public string Name => Cut(First("name") ?? "");

    /// <summary>Names for a new user, the best first.</summary>
    public IEnumerable<string> UserNames => new[] { First("preferred_username"), HasVerifiedMail ? Mail : null, Subject }
        .OfType<string>().Where(n => n.Length is > 0 and <= LongestName && !n.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)));

    public bool ProvedSecondFactor => ProviderForm.Words(provider.SecondFactorProofs) is { Length: > 0 } proofs && claims.Any(c => c.Type is "amr" or "acr" && proofs.Contains(c.Value, StringComparer.Ordinal));

    public bool Has(string claim, string value) => claims.Any(c => c.Type == claim && c.Value == value);

    string? First(string type) => claims.FirstOrDefault(c => c.Type == type)?.Value is { Length: > 0 } value ? value : null;

    static string Cut(string text) => text.Length > LongestName ? text[..LongestName] : text;
}
