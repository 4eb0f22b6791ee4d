using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Pages.Roles;

/// <summary>Reaches and field levels as people read them.</summary>
public static class RightsWords
{
    public static string Of(ReachKind kind, bool isOwned, IText text) => text[kind switch
    {
        ReachKind.All => "All records",
        ReachKind.Own => isOwned ? "Own records" : "Records made by oneself",
        ReachKind.Unit => "Own unit",
        ReachKind.UnitAndBelow => "Own unit and below",
        ReachKind.ChosenUnits => "Chosen units and below",
        _ => "Records that match",
    }];

    public static string Of(FieldLevel level, IText text) => text[level switch
    {
        FieldLevel.Hidden => "Hidden",
        FieldLevel.Masked => "Masked",
        FieldLevel.ReadOnly => "Read only",
        _ => "May be changed",
    }];

    /// <summary>Such as "View: Own unit and below · 2 fields narrowed"; empty when nothing is.</summary>
    public static string Summary(IEnumerable<(RoleReach? Reach, FieldRule? Field)> narrowed, bool isOwned, IText text)
    {
        var all = narrowed.ToList();
        var parts = all.Select(n => n.Reach).OfType<RoleReach>().Select(r => text["{0}: {1}", text[r.Right.ToString()], Of(r.Kind, isOwned, text)]).ToList();
        if (all.Count(n => n.Field is not null) is > 0 and var fields) parts.Add(fields == 1 ? text["1 field narrowed"] : text["{0} fields narrowed", fields]);
        return string.Join(" · ", parts);
    }
}
