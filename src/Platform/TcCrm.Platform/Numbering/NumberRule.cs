namespace TcCrm.Platform.Numbering;

public enum NumberReset { Never, Year, Month, Day }

/// <summary>How the records of a type get their number.</summary>
public sealed class NumberRule
{
    public required string RecordType { get; init; }
    /// <summary>Text with <c>{yyyy} {yy} {MM} {dd}</c> (day of the tenant's zone), <c>{unit}</c> and <c>{seq:6}</c>, six digits at least.</summary>
    public required string Pattern { get; set; }
    public NumberReset Reset { get; set; }
    /// <summary>No number is ever missing: it is taken in the saving transaction, and savers wait for each other.</summary>
    public bool IsGapFree { get; set; } = true;
}
