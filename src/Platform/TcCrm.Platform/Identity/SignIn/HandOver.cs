using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Identity;

/// <summary>
/// Takes somebody who signed in on the common page to their company. The proof is a cookie that only the company's entrance gets, protected
/// with the company's own purpose and good for a minute; it is in no address, and no other site can plant it.
/// </summary>
public sealed class HandOver(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Path = "/sign-in/enter";
    const string Cookie = "crm.enter";
    static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);
    readonly IDataProtector _protector = protection.CreateProtector("TcCrm.HandOver");

    /// <summary>Must run inside the company's scope: that is what binds the proof to it.</summary>
    public string ProofFor(CrmUser user, bool remember) =>
        _protector.Protect(JsonSerializer.Serialize(new Proof(user.Id, user.SecurityStamp!, remember, time.GetUtcNow() + Lasts)));

    public static void Give(HttpContext http, string tenantPath, string proof) =>
        http.Response.Cookies.Append(Cookie, proof, new() { Path = tenantPath + Path, HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = Lasts, IsEssential = true });

    /// <summary>Null for what is expired, forged or another company's.</summary>
    public Proof? Take(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } sent) return null;
        http.Response.Cookies.Delete(Cookie, new() { Path = http.Request.PathBase + Path });
        try
        {
            var proof = JsonSerializer.Deserialize<Proof>(_protector.Unprotect(sent));
            return proof?.Until > time.GetUtcNow() ? proof : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    public sealed record Proof(Guid UserId, string Stamp, bool Remember, DateTimeOffset Until);
}
