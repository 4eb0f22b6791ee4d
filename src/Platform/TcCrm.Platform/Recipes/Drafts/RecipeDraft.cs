using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes.Drafts;

/// <summary>A recipe that somebody has brought to look at, and what came of it.</summary>
public sealed class RecipeDraft : IPlatformEntity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    /// <summary>Name of the file, or of a recipe that comes with the product.</summary>
    public required string Source { get; init; }
    public bool IsOfProduct { get; init; }
    public required string DisplayName { get; init; }
    public Guid? UserId { get; init; }
    public DateTime CreatedAt { get; init; }
    /// <summary>Set when somebody has asked for it to run.</summary>
    public Guid? JobId { get; set; }
    public DateTime? RanAt { get; set; }
    /// <summary>JSON: what the run has reported.</summary>
    public string Problems { get; set; } = "[]";
    /// <summary>Whether the run has changed anything.</summary>
    public bool HasRun { get; set; }
}
