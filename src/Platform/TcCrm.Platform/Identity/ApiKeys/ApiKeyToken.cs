using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace TcCrm.Platform.Identity;

/// <summary>What a program sends: <c>tccrm_&lt;id&gt;_&lt;secret&gt;</c>, 32 hexadecimal digits and 43 characters of base64url.</summary>
public sealed record ApiKeyToken(Guid Id, string Secret)
{
    const string Prefix = "tccrm_";

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    public static bool TryParse(string text, [NotNullWhen(true)] out ApiKeyToken? token)
    {
        token = text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length + 33 && text[Prefix.Length + 32] == '_' && Guid.TryParseExact(text.AsSpan(Prefix.Length, 32), "N", out var id)
            ? new(id, text[(Prefix.Length + 33)..])
            : null;
        return token is not null;
    }

    /// <summary>Whether a header's value is one of ours, right or wrong, and not a token of another kind.</summary>
    public static bool IsMeantBy(string authorization) => authorization.Contains(' ' + Prefix, StringComparison.Ordinal);

    public bool Matches(byte[] secretHash) => CryptographicOperations.FixedTimeEquals(HashOf(Secret), secretHash);

    public override string ToString() => $"{Prefix}{Id:N}_{Secret}";
}
