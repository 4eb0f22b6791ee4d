using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes;

/// <summary>A step of Orchard Core that nothing here runs yet, as it was written: an export gives it back.</summary>
public sealed class KeptStep : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string Recipe { get; init; }
    /// <summary>Such as <c>$.steps[3]</c>.</summary>
    public required string Place { get; init; }
    public required string Json { get; set; }
    /// <summary>The recipe's variables, which expressions in the step may name.</summary>
    public required string Variables { get; set; }
}
