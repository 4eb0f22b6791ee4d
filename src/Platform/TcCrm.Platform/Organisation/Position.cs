using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

/// <summary>What somebody is employed as, such as cashier or store manager.</summary>
[Record("organisation.position", Icon = "briefcase"), Feature(OrganisationStartup.Id)]
public sealed class Position : Record
{
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [StringLength(40)] public string Grade { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
