namespace TcCrm.Platform.Definitions.Storage;

/// <summary>A record of a type that a tenant has made: all its values are in <see cref="Record.Made"/>.</summary>
public sealed class MadeRecord : Record, IOwned
{
    /// <summary>Number of the type in its tenant; its table is named after it.</summary>
    public int TypeNo { get; internal set; }
    public Guid? OwnerId { get; set; }
    public Guid? UnitId { get; set; }
}
