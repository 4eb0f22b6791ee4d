using System.ComponentModel.DataAnnotations;

namespace TcCrm.Platform.Organisation;

/// <summary>A place of the company. Units form a tree; <see cref="UnitBelow"/> keeps who stands below whom.</summary>
[Record("organisation.unit", Icon = "building-store"), Feature(OrganisationStartup.Id)]
public sealed class Unit : Record
{
    [StringLength(40), Number("U-{seq:4}"), Search] public string Number { get; private set; } = "";
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    public UnitKind Kind { get; set; } = UnitKind.Store;
    /// <summary>Empty for the top of the company.</summary>
    [Lookup("organisation.unit")] public Guid? ParentId { get; set; }
    /// <summary>Whom approvals of the unit's head reach.</summary>
    [User] public Guid? HeadId { get; set; }
    [StringLength(60), Phone] public string Phone { get; set; } = "";
    [StringLength(6), Region] public string Region { get; set; } = "";
    [StringLength(300)] public string Address { get; set; } = "";
    public DateOnly? OpenedOn { get; set; }
    public DateOnly? ClosedOn { get; set; }
    /// <summary>The unit's code in the system that the data came from: the match key of imports.</summary>
    [StringLength(100), Search, Unique] public string ExternalId { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
