namespace TcCrm;

/// <summary>Makes invented records of a type for the recipe step <c>records</c> with <c>"Demo": { "Count", "Seed" }</c>. The same seed gives the same ones.</summary>
public interface IDemoRecords : IContribution
{
    string RecordType { get; }
    /// <summary>The text field by which a record is found again when the recipe runs once more.</summary>
    string Match { get; }
    IEnumerable<DemoRecord> Make(int count, int seed);
}

/// <summary>One invented record: neutral text by field name.</summary>
public sealed record DemoRecord(IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>Records that point to this one; made together with it, left alone when it is there already.</summary>
    public IReadOnlyList<DemoChild> Children { get; init; } = [];
}

/// <param name="Lookup">The child's field that gets the id of the record it belongs to.</param>
public sealed record DemoChild(string RecordType, string Lookup, IReadOnlyDictionary<string, string?> Values);
