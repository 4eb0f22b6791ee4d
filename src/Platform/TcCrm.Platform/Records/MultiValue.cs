namespace TcCrm.Platform.Records;

/// <summary>One value of a field that has several (tags, multi-choice): the index that filters use.</summary>
public sealed class MultiValue
{
    public required string RecordType { get; init; }
    public required string Field { get; init; }
    public required string Value { get; init; }
    public Guid RecordId { get; init; }
}
