namespace TcCrm.Platform.Regions;

public enum DivisionLevel { Province, City, County }

/// <summary>An administrative division. <paramref name="Code"/> has six digits (GB/T 2260); <paramref name="Parent"/> is empty for a province.</summary>
public sealed record Division(string Code, string Name, string ShortName, string Parent)
{
    public DivisionLevel Level => Parent.Length == 0 ? DivisionLevel.Province : Code.EndsWith("00", StringComparison.Ordinal) ? DivisionLevel.City : DivisionLevel.County;

    /// <summary>Whether this division lies below the one of <paramref name="code"/>; everything lies below the empty code.</summary>
    public bool IsBelow(string code) => code != Code && Code.StartsWith(code.Length == 0 ? "" : Stem(code), StringComparison.Ordinal);

    static string Stem(string code) => code.EndsWith("0000", StringComparison.Ordinal) ? code[..2] : code.EndsWith("00", StringComparison.Ordinal) ? code[..4] : code;
}

/// <summary>How far a text was understood: the deepest division found, and the first part that no division matches.</summary>
public readonly record struct DivisionMatch(string? Code, string? Unmatched);
