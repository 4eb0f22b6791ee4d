using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Keeps what a provider has given us under the tenant's data protection.</summary>
public sealed class ProviderSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector _protector = protection.CreateProtector("TcCrm.SignInProvider");

    public string Keep(string secret) => _protector.Protect(secret);

    /// <summary>Null when there is none, or the keys that protected it are lost: then the provider refuses, and somebody types it anew.</summary>
    public string? Read(string? kept)
    {
        try
        {
            return kept is null ? null : _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
