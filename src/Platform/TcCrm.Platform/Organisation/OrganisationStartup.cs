using TcCrm.Platform.Recipes.Steps;

namespace TcCrm.Platform.Organisation;

[Feature(Id)]
public sealed class OrganisationStartup : StartupBase
{
    public const string Id = "TcCrm.Organisation";
    const string Group = "Organisation";

    public override void Contribute(Contributions contributions) => contributions
        .Add(new MenuItem(Group, "Organisation", "sitemap", "~/organisation", Permission: "View_organisation.unit", Order: 890))
        .Add(new MenuItem(Group, "organisation.unit.plural", "building-store", "~/organisation/unit", Permission: null, Order: 900))
        .Add(new MenuItem(Group, "organisation.staff.plural", "users", "~/organisation/staff", Permission: null, Order: 910))
        .Add(new MenuItem(Group, "organisation.assignment.plural", "id", "~/organisation/assignment", Permission: null, Order: 920))
        .Add(new MenuItem(Group, "organisation.department.plural", "sitemap", "~/organisation/department", Permission: null, Order: 930))
        .Add(new MenuItem(Group, "organisation.position.plural", "briefcase", "~/organisation/position", Permission: null, Order: 940))
        .Add(new Slot("organisation.unit", "side", "Place in the organisation", "UnitPanel"))
        .Add<IRecipeStep, OrganisationStep>()
        .Add<IRecordRule, UnitsFormATree>()
        .Add<IReaction, RenewSnapshotWhenAssignmentsChange>()
        .Add<IReaction, RenewSnapshotWhenUnitsChange>();
}
