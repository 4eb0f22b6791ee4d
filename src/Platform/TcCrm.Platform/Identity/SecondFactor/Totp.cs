using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TcCrm.Platform.Identity;

/// <summary>Codes by time as authenticator apps make them: RFC 6238 with SHA-1, six digits, steps of 30 seconds.</summary>
public static class Totp
{
    const int SecondsOfStep = 30;
    const int SecretBytes = 20;
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / SecondsOfStep;

    /// <summary>The step that the code belongs to: the present one, or a neighbour, since clocks differ.</summary>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now)
    {
        var present = StepAt(now);
        for (var step = present - 1; step <= present + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)), System.Text.Encoding.UTF8.GetBytes(code))) return step;
        return null;
    }

    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)], mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // what authenticator apps speak; the weakness of SHA-1 is in collisions, which do not matter here
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 4648, as it is typed into an app.</summary>
    public static string InBase32(byte[] bytes) => string.Concat(Enumerable.Range(0, (bytes.Length * 8 + 4) / 5).Select(i =>
    {
        var (at, shift) = (i * 5 / 8, i * 5 % 8);
        var pair = (bytes[at] << 8) | (at + 1 < bytes.Length ? bytes[at + 1] : 0);
        return Base32[(pair >> (11 - shift)) & 31];
    }));
}
