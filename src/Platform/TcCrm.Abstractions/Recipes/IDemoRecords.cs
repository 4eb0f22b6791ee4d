namespace TcCrm;

/// <summary>Makes invented records of a type for the recipe step <c>records</c> with <c>"Demo": { "Count", "Seed" }</c>. The same seed gives the same rows.</summary>
public interface IDemoRecords : IContribution
{
    string RecordType { get; }
    /// <summary>The field by which a row is found again when the recipe runs once more.</summary>
    string Match { get; }
    /// <summary>Values by field name, in the text form of an import file.</summary>
    IEnumerable<IReadOnlyDictionary<string, string?>> Make(int count, int seed);
}
