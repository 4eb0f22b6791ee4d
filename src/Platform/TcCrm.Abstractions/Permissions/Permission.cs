namespace TcCrm;

/// <summary>A right that roles may hold. <paramref name="ImpliedBy"/> names permissions that include this one.</summary>
public sealed record Permission(string Name, string Description, params string[] ImpliedBy) : IContribution
{
    /// <summary>Roles that hold it in a fresh tenant.</summary>
    public IReadOnlyList<string> DefaultRoles { get; init; } = [];
    /// <summary>Granting it can lead to every other right.</summary>
    public bool IsSecurityCritical { get; init; }
}
