namespace TcCrm.Ui;

/// <summary>The colours that carry meaning: gray, accent, green, amber, red, blue, violet, teal, pink.</summary>
public static class Tones
{
    static readonly string[] ForNames = ["tone-violet", "tone-teal", "tone-amber", "tone-green", "tone-blue", "tone-pink", "tone-accent"];

    /// <summary>The same name gets the same colour on every page and node.</summary>
    public static string Of(string name)
    {
        var sum = name.Aggregate(2166136261u, (hash, sign) => unchecked((hash ^ sign) * 16777619u));
        return ForNames[sum % ForNames.Length];
    }
}
