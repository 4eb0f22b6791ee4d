namespace TcCrm;

/// <summary>A record that belongs to somebody and to a unit of the company, so that rights can reach as far as "own" or "unit and below".</summary>
public interface IOwned
{
    /// <summary>The user who answers for it.</summary>
    Guid? OwnerId { get; }
    /// <summary>The unit it belongs to; a new record gets the unit that its author works in.</summary>
    Guid? UnitId { get; set; }
}
