namespace TcCrm;

/// <summary>Entries of the staff's side navigation that are not known before somebody looks: those that the tenant has made itself.</summary>
public interface IMenuSource : IContribution
{
    /// <summary>Those that the current user may see, from what the tenant's snapshot holds: this is asked for on every page.</summary>
    IEnumerable<MenuItem> Items { get; }
}
