using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>What happens to somebody whom the provider knows and this company does not.</summary>
public enum UnknownPersons { Refuse, LinkByMail, Create }

/// <summary>A service outside at which users of this company sign in, by OpenID Connect.</summary>
public sealed class SignInProvider : IPlatformEntity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public string Name { get; set; } = "";
    /// <summary>The issuer; its settings lie below it at <c>.well-known/openid-configuration</c>.</summary>
    public string Authority { get; set; } = "";
    public string ClientId { get; set; } = "";
    /// <summary>Under the tenant's data protection; null for a provider that asks for none.</summary>
    public string? ClientSecret { get; set; }
    public string Scopes { get; set; } = "openid profile email";
    public bool IsEnabled { get; set; } = true;
    public UnknownPersons UnknownPersons { get; set; }
    /// <summary>Its mail addresses count as verified though it does not say so: it gives them out itself.</summary>
    public bool TrustsMail { get; set; }
    /// <summary>Values of <c>amr</c> or <c>acr</c> that prove a second factor, with blanks between; empty when none does.</summary>
    public string SecondFactorProofs { get; set; } = "";
    /// <summary>What was made from an earlier state counts no more.</summary>
    public DateTime ChangedAt { get; set; }
}

/// <summary>A role for those who have a value of a claim; without a claim, for those whom the provider brings in for the first time.</summary>
public sealed class ProviderRole : IPlatformEntity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ProviderId { get; init; }
    public string? Claim { get; init; }
    public string Value { get; init; } = "";
    public Guid RoleId { get; init; }
}
