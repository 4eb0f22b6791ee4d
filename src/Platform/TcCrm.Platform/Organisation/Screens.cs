namespace TcCrm.Platform.Organisation;

public sealed class UnitScreens : RecordScreens<Unit>
{
    public UnitScreens()
    {
        Columns(u => u.Number, u => u.Name, u => u.Kind, u => u.ParentId, u => u.HeadId, u => u.Region, u => u.Phone);
        Section("Unit", u => u.Name, u => u.Kind, u => u.ParentId, u => u.HeadId, u => u.ExternalId);
        Section("Place", u => u.Phone, u => u.Region, u => u.Address, u => u.OpenedOn, u => u.ClosedOn);
        Section("More", u => u.Remark);
    }
}

public sealed class DepartmentScreens : RecordScreens<Department>
{
    public DepartmentScreens()
    {
        Columns(d => d.Name, d => d.UnitId, d => d.ParentId, d => d.HeadId);
        Section("Department", d => d.Name, d => d.UnitId, d => d.ParentId, d => d.HeadId, d => d.ExternalId, d => d.Remark);
    }
}

public sealed class PositionScreens : RecordScreens<Position>
{
    public PositionScreens()
    {
        Columns(p => p.Name, p => p.Grade);
        Section("Position", p => p.Name, p => p.Grade, p => p.ExternalId, p => p.Remark);
    }
}

public sealed class StaffMemberScreens : RecordScreens<StaffMember>
{
    public StaffMemberScreens()
    {
        Columns(s => s.Number, s => s.Name, s => s.UserId, s => s.DepartmentId, s => s.PositionId, s => s.Phone, s => s.LeftOn);
        Section("Person", s => s.Name, s => s.Phone, s => s.Email, s => s.UserId);
        Section("Work", s => s.DepartmentId, s => s.PositionId, s => s.SuperiorId, s => s.JoinedOn, s => s.LeftOn);
        Section("More", s => s.ExternalId, s => s.Remark);
    }
}

public sealed class AssignmentScreens : RecordScreens<Assignment>
{
    public AssignmentScreens()
    {
        Columns(a => a.UserId, a => a.UnitId, a => a.Duty, a => a.IsMain, a => a.From, a => a.Until);
        Section("Assignment", a => a.UserId, a => a.UnitId, a => a.Duty, a => a.IsMain, a => a.From, a => a.Until, a => a.ExternalId);
    }
}
