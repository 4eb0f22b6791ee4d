using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace TcCrm.Ui;

/// <summary>Another content security policy for one endpoint. <c>{nonce}</c> in it stands for <see cref="CspNonce.Of"/> of the request.</summary>
public sealed record ContentSecurityPolicyMetadata(string Policy);

public static class CspNonce
{
    static readonly object Key = new();

    /// <summary>The nonce of this request: one value however often it is asked for.</summary>
    public static string Of(HttpContext http)
    {
        if (http.Items[Key] is string known)
            return known;
        var fresh = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items[Key] = fresh;
        return fresh;
    }
}
