namespace TcCrm;

/// <summary>One thing of a record type. The save pipeline sets everything here but the id.</summary>
public abstract class Record
{
    MadeValues? _made;

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
    /// <summary>The values of fields that the tenant has made, as the database keeps them.</summary>
    public string? Made { get => _made?.Json; private set => _made = value is null ? null : new(value); }
    /// <summary>The same by slot, for the engine.</summary>
    public MadeValues MadeValues => _made ??= new(null);
}
