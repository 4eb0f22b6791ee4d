using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

/// <summary>What somebody is employed as, such as cashier or store manager.</summary>
[Record("organisation.position", Icon = "briefcase"), Feature(OrganisationStartup.Id)]
public sealed class Position : Record
{
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [StringLength(40)] public string Grade { get; set; } = "";
    /// <summary>By which recipes and imports find it again.</summary>
    [StringLength(100), Search, Unique] public string ExternalId { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
