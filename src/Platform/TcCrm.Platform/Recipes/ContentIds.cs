namespace TcCrm.Platform.Recipes;

/// <summary>Ids as Orchard Core writes them: a Guid in 26 characters.</summary>
public static class ContentIds
{
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New()
    {
        var bits = new System.Numerics.BigInteger(Guid.CreateVersion7().ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true);
        return string.Create(26, bits, static (chars, rest) =>
        {
            for (var i = chars.Length - 1; i >= 0; i--, rest >>= 5) chars[i] = Alphabet[(int)(rest & 31)];
        });
    }
}
