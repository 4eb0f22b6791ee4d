namespace TcCrm.Platform;

public enum RegionLevel { Province, City, County }

/// <summary>An administrative division. <paramref name="Code"/> has six digits (GB/T 2260); <paramref name="Parent"/> is empty for a province.</summary>
public sealed record Region(string Code, string Name, string ShortName, string Parent)
{
    public RegionLevel Level => Parent.Length == 0 ? RegionLevel.Province : Code.EndsWith("00", StringComparison.Ordinal) ? RegionLevel.City : RegionLevel.County;

    /// <summary>Whether this division lies below the one of <paramref name="code"/>; everything lies below the empty code.</summary>
    public bool IsBelow(string code) => code != Code && Code.StartsWith(code.Length == 0 ? "" : Stem(code), StringComparison.Ordinal);

    static string Stem(string code) => code.EndsWith("0000", StringComparison.Ordinal) ? code[..2] : code.EndsWith("00", StringComparison.Ordinal) ? code[..4] : code;
}

/// <summary>How far a text was understood: the deepest division found, and the first part that no division matches.</summary>
public readonly record struct RegionMatch(string? Code, string? Unmatched);
