using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

[Record("organisation.department", Icon = "sitemap"), Feature(OrganisationStartup.Id)]
public sealed class Department : Record
{
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [Lookup("organisation.unit")] public Guid? UnitId { get; set; }
    [Lookup("organisation.department")] public Guid? ParentId { get; set; }
    [User] public Guid? HeadId { get; set; }
    /// <summary>By which recipes and imports find it again.</summary>
    [StringLength(100), Search, Unique] public string ExternalId { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
