using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>An app that is being set up: the secret as the app wants it, and the same in a form that only this user can send back, so that nothing is stored before a code proves it.</summary>
public sealed record Enrolment(string Typed, string Link, string Pending);

/// <summary>Makes secrets for apps and keeps them under the tenant's data protection.</summary>
public sealed class FactorSecrets(IDataProtectionProvider protection, TimeProvider time)
{
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);
    readonly IDataProtector _kept = protection.CreateProtector("TcCrm.SecondFactor");
    readonly IDataProtector _pending = protection.CreateProtector("TcCrm.SecondFactor.Enrolment");

    public Enrolment EnrolmentFor(CrmUser user, TenantContext tenant)
    {
        var secret = Totp.NewSecret();
        return Of(user, secret, tenant, _pending.Protect(JsonSerializer.Serialize(new Waiting(user.Id, secret, time.GetUtcNow() + Lasts))));
    }

    /// <summary>The same once more, after a code that did not fit; null when it is too old, forged or another user's.</summary>
    public Enrolment? Again(CrmUser user, TenantContext tenant, string pending) => SecretOf(user, pending) is { } secret ? Of(user, secret, tenant, pending) : null;

    public byte[]? SecretOf(CrmUser user, string pending)
    {
        if (Opened(_pending, pending) is not { } json) return null;
        var waiting = JsonSerializer.Deserialize<Waiting>(json);
        return waiting?.UserId == user.Id && waiting.Until > time.GetUtcNow() ? waiting.Secret : null;
    }

    public string Keep(byte[] secret) => _kept.Protect(Convert.ToBase64String(secret));

    /// <summary>Null when the tenant's keys that protected it are lost: then no code fits, and somebody resets the second factor.</summary>
    public byte[]? Read(string kept) => Opened(_kept, kept) is { } text ? Convert.FromBase64String(text) : null;

    static Enrolment Of(CrmUser user, byte[] secret, TenantContext tenant, string pending)
    {
        var (typed, company) = (Totp.InBase32(secret), tenant.Snapshot.Settings.SiteName);
        var link = $"otpauth://totp/{Uri.EscapeDataString(company)}:{Uri.EscapeDataString(user.UserName!)}?secret={typed}&issuer={Uri.EscapeDataString(company)}";
        return new(string.Join(' ', typed.Chunk(4).Select(c => new string(c))), link, pending);
    }

    static string? Opened(IDataProtector protector, string text)
    {
        try
        {
            return protector.Unprotect(text);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    sealed record Waiting(Guid UserId, byte[] Secret, DateTimeOffset Until);
}
