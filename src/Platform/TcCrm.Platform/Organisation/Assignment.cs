using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

/// <summary>Somebody works in a unit. A person may have several; the days limit it, both inclusive, in the tenant's zone.</summary>
[Record("organisation.assignment", Icon = "id"), Feature(OrganisationStartup.Id)]
public sealed class Assignment : Record
{
    [Required, User] public Guid UserId { get; set; }
    [Required, Lookup("organisation.unit")] public Guid UnitId { get; set; }
    /// <summary>What they do there.</summary>
    [Required, StringLength(100), Title, Search] public string Duty { get; set; } = "";
    /// <summary>Where they work unless they choose another.</summary>
    public bool IsMain { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }
    /// <summary>By which recipes and imports find it again.</summary>
    [StringLength(100), Unique] public string ExternalId { get; set; } = "";
}
