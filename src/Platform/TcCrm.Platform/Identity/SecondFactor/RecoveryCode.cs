using System.Security.Cryptography;
using System.Text;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity;

/// <summary>Stands in for a code of the app, once: a used one is gone. It has 79 random bits, so a plain hash keeps it.</summary>
public sealed class RecoveryCode : IPlatformEntity
{
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Groups = 4;
    const int LettersOfGroup = 4;
    public const int Count = 10;

    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary><c>k7mh-2fxa-…</c>: no letters that are mistaken for each other.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, LettersOfGroup)));

    /// <summary>However it is typed: blanks, hyphens and capitals do not matter.</summary>
    public static byte[] HashOf(Guid user, string code) =>
        SHA256.HashData([.. user.ToByteArray(), .. Encoding.UTF8.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToLowerInvariant())]);
}
