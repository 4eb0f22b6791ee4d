using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

/// <summary>Somebody who works for the company, with an account or without.</summary>
[Record("organisation.staff", Icon = "user"), Feature(OrganisationStartup.Id)]
public sealed class StaffMember : Record
{
    [StringLength(40), Number("S-{seq:5}"), Search] public string Number { get; private set; } = "";
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [User] public Guid? UserId { get; set; }
    [Lookup("organisation.department")] public Guid? DepartmentId { get; set; }
    [Lookup("organisation.position")] public Guid? PositionId { get; set; }
    /// <summary>Whom approvals of the applicant's superior reach.</summary>
    [Lookup("organisation.staff")] public Guid? SuperiorId { get; set; }
    [StringLength(60), Phone, Search] public string Phone { get; set; } = "";
    [StringLength(254), Email, Search] public string Email { get; set; } = "";
    public DateOnly? JoinedOn { get; set; }
    public DateOnly? LeftOn { get; set; }
    [StringLength(100), Search, Unique] public string ExternalId { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
