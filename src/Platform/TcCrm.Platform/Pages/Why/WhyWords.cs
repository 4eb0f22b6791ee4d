using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Why;

/// <summary>One reason. <paramref name="Opens"/> is null where it neither opens nor closes anything.</summary>
public sealed record WhySentence(string Text, bool? Opens);

/// <summary>What has been decided about a right, and why, in plain sentences.</summary>
public sealed class WhyWords(CrmDbContext db, Access access, RecordLabels labels, IText text)
{
    /// <summary>Rules are told in full to those who make them.</summary>
    bool TellsRules => access.May(PlatformPermissions.ManageRoles);

    /// <summary>Names of what the reasons speak of, in one go.</summary>
    public async Task LoadAsync(RecordType type, Explanation explained, CancellationToken cancel)
    {
        var grants = explained.Rights.SelectMany(r => r.Grants).Select(g => g.Grant).ToList();
        if (UnitField is { } unit) await labels.LoadAsync(grants.OfType<RecordsOfUnits>().SelectMany(g => g.Units).Select(id => (unit, id)), cancel);
        await labels.LoadAsync(grants.OfType<MatchingRecords>().SelectMany(g => g.Filters).SelectMany(f => PointedTo(type, f)), cancel);
    }

    public IEnumerable<WhySentence> Of(RightExplained right, RecordType type, Explanation explained, IReadOnlyList<string> roles)
    {
        if (explained.IsUnlimited)
        {
            yield return new(text["The administrator may do everything with every record."], true);
            yield break;
        }
        yield return Permission(right, type, roles);
        if (!right.Holds) yield break;
        foreach (var grant in right.Grants) yield return new(Words(grant.Grant, type), grant.Opens);
        if (explained.Whole is { } whole) yield return new(text["It is a part of something else that is out of sight: {0}.", text[whole.Name]], false);
        else if (right.Right != RecordRight.View && !explained[RecordRight.View].Reaches) yield return new(text["What one may not see is not there to be changed."], false);
    }

    WhySentence Permission(RightExplained right, RecordType type, IReadOnlyList<string> roles)
    {
        var name = text["{0}: {1}", text[type.PluralKey], text[right.Right.ToString()]];
        if (right.Holds) return new(text["The permission \"{0}\" comes from: {1}.", name, Joined(right.Roles)], true);
        return roles.Count == 0 ? new(text["There is no role, and rights come from roles."], false) : new(text["None of the roles gives the permission \"{0}\": {1}.", name, Joined(roles)], false);
    }

    string Words(Grant grant, RecordType type) => grant switch
    {
        EveryRecord => text["The role {0} reaches every record.", text[grant.Source]],
        OwnRecords when type.Class.IsAssignableTo(typeof(IOwned)) => text["The role {0} reaches the records that one owns.", text[grant.Source]],
        OwnRecords => text["The role {0} reaches the records that one has made.", text[grant.Source]],
        RecordsOfUnits { Units.Count: 0 } => text["The role {0} reaches the records of units that one works in, and there is none today.", text[grant.Source]],
        RecordsOfUnits { Below: true } units => text["The role {0} reaches the records of these units and all below: {1}.", text[grant.Source], UnitNames(units)],
        RecordsOfUnits units => text["The role {0} reaches the records of these units: {1}.", text[grant.Source], UnitNames(units)],
        MatchingRecords { IsSharing: true } rule => text["The sharing rule {0} opens the records that match.", rule.Source] + Conditions(rule, type),
        MatchingRecords rule => text["The role {0} reaches the records that match.", text[rule.Source]] + Conditions(rule, type),
        _ => text["Single records are shared with the user, one of their roles or their units."],
    };

    string Conditions(MatchingRecords rule, RecordType type) => !TellsRules ? "" : " (" + string.Join("; ", rule.Filters.Select(f => Condition(f, type))) + ")";

    string Condition(FieldFilter filter, RecordType type) => type.Find(filter.Field) is { } field
        ? $"{text[field.LabelKey]} {FilterWords.Words(filter, field, text)} {FilterWords.Value(filter, field, labels, db.Snapshot.Settings.FieldContext, text)}".TrimEnd()
        : filter.ToString();

    string UnitNames(RecordsOfUnits units) => string.Join(", ", units.Units.Select(id => (UnitField is { } unit ? labels.Of(unit, id)?.Text : null) ?? text["Not visible to you"]).Distinct());

    string Joined(IEnumerable<string> roles) => string.Join(", ", roles.Select(r => text[r]));

    Field? UnitField => access.TypeOf("organisation.unit")?.Find(nameof(Unit.ParentId));

    static IEnumerable<(Field, Guid)> PointedTo(RecordType type, FieldFilter filter) =>
        type.Find(filter.Field) is { } field && RecordLabels.Points(field) ? filter.Value.Split(',').Where(v => Guid.TryParse(v, out _)).Select(v => (field, Guid.Parse(v))) : [];
}
