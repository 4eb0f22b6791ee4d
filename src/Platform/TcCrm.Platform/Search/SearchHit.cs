namespace TcCrm.Platform.Search;

/// <summary>A record that the search index found.</summary>
public sealed class SearchHit
{
    public Guid RecordId { get; init; }
}
