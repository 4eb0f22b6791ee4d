namespace TcCrm;

/// <summary>One thing of a record type. The save pipeline sets everything here but the id.</summary>
public abstract class Record
{
    public Guid Id { get => field == Guid.Empty ? field = Ids.Next() : field; private set; }
    /// <summary>Counts up with each save; a save with an older one is refused.</summary>
    public int Version { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public Guid? CreatedById { get; private set; }
    public DateTime ModifiedAt { get; private set; }
    public Guid? ModifiedById { get; private set; }
    /// <summary>Set while the record lies in the recycle bin.</summary>
    public DateTime? DeletedAt { get; private set; }
    public Guid? DeletedById { get; private set; }
}
