using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>Where a sign-in that is not complete goes on, and for how long. The cookie goes only there.</summary>
public sealed record SignInStage(string Path, string Cookie, TimeSpan Lasts)
{
    /// <summary>Signed in on the common page; the company has yet to give its cookie.</summary>
    public static readonly SignInStage Enter = new("/sign-in/enter", "crm.enter", TimeSpan.FromMinutes(1));
    /// <summary>The password was right; the second factor is to come.</summary>
    public static readonly SignInStage Code = new("/sign-in/code", "crm.code", TimeSpan.FromMinutes(10));
}

/// <summary>
/// Carries a sign-in from one step to the next. The proof is a cookie that only the next step of this company gets, protected with the company's
/// own keys and for that step alone; it is in no address, and no other site can plant it.
/// </summary>
public sealed class HandOver(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Must run inside the company's scope: that is what binds the proof to it.</summary>
    public string ProofFor(SignInStage stage, CrmUser user, bool remember) =>
        ProtectorOf(stage).Protect(JsonSerializer.Serialize(new Proof(user.Id, user.SecurityStamp!, remember, time.GetUtcNow() + stage.Lasts)));

    public static void Give(HttpContext http, SignInStage stage, string tenantPath, string proof) =>
        http.Response.Cookies.Append(stage.Cookie, proof, new() { Path = tenantPath + stage.Path, HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = stage.Lasts, IsEssential = true });

    /// <summary>Null for what is expired, forged or another company's, and when the user has been disabled or has another password since.</summary>
    public async Task<(CrmUser User, bool Remember)?> ReadAsync(HttpContext http, SignInStage stage)
    {
        if (Opened(http, stage) is not { } proof || proof.Until < time.GetUtcNow()) return null;
        var db = http.RequestServices.GetRequiredService<CrmDbContext>();
        return await db.Users.FindAsync([proof.UserId], http.RequestAborted) is { IsEnabled: true } user && user.SecurityStamp == proof.Stamp ? (user, proof.Remember) : null;
    }

    public static void Drop(HttpContext http, SignInStage stage) => http.Response.Cookies.Delete(stage.Cookie, new() { Path = http.Request.PathBase + stage.Path });

    Proof? Opened(HttpContext http, SignInStage stage)
    {
        if (http.Request.Cookies[stage.Cookie] is not { Length: > 0 } sent) return null;
        try
        {
            return JsonSerializer.Deserialize<Proof>(ProtectorOf(stage).Unprotect(sent));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    IDataProtector ProtectorOf(SignInStage stage) => protection.CreateProtector("TcCrm.HandOver", stage.Cookie);

    sealed record Proof(Guid UserId, string Stamp, bool Remember, DateTimeOffset Until);
}
