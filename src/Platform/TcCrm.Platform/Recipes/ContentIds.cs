using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace TcCrm.Platform.Recipes;

/// <summary>Ids as Orchard Core writes them: a Guid in 26 characters.</summary>
public static class ContentIds
{
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    const int Length = 26;

    public static string New() => Of(Guid.CreateVersion7());

    public static string Of(Guid id) =>
        string.Create(Length, new BigInteger(id.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true), static (chars, rest) =>
        {
            for (var i = chars.Length - 1; i >= 0; i--, rest >>= 5) chars[i] = Alphabet[(int)(rest & 31)];
        });

    /// <summary>The Guid that <see cref="Of"/> wrote. Any other text always gives the same Guid too, made from its hash.</summary>
    public static Guid ToGuid(string id)
    {
        if (Guid.TryParse(id, out var guid)) return guid;
        var bits = id.Length == Length && id.All(Alphabet.Contains) ? id.Aggregate(BigInteger.Zero, (sum, c) => (sum << 5) + Alphabet.IndexOf(c)) : -1;
        if (bits < 0 || bits.GetByteCount(isUnsigned: true) > 16) return new(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        bits.TryWriteBytes(bytes[(16 - bits.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
        return new(bytes, bigEndian: true);
    }
}
