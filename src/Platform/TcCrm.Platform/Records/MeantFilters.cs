using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Records;

/// <summary>
/// Filters whose meaning depends on who reads and when: <c>CalledAt:within:last-7-days</c>, <c>DueOn:lt:today</c>, <c>OwnerId:eq:me</c>,
/// <c>UnitId:within:mine</c> (the units that the user works in, and all below). They become plain ones before the list is planned, so that the same indexes serve.
/// </summary>
public static class MeantFilters
{
    public const string Within = "within", Me = "me", Mine = "mine", Today = "today";
    const string Unit = "organisation.unit";

    /// <summary>Whether the field takes the operator, one of its kind or one of these.</summary>
    public static bool Takes(Field field, string @operator) => field.Kind.Operators.Contains(@operator) || (@operator == Within && (IsTime(field) || field.LookupType == Unit));

    internal static async Task<RecordQuery> OfAsync(RecordQuery query, Func<string, Field?> find, CrmDbContext db, CancellationToken cancel)
    {
        if (!query.Filters.Any(IsMeant)) return query;
        var plain = new List<FieldFilter>();
        foreach (var filter in query.Filters) plain.Add(await OfAsync(filter, find, db, cancel));
        return query with { Filters = plain };
    }

    static bool IsMeant(FieldFilter filter) => filter is FilterGroup group ? group.Parts.Any(IsMeant) : filter.Operator == Within || filter.Value is Me or Today;

    static async Task<FieldFilter> OfAsync(FieldFilter filter, Func<string, Field?> find, CrmDbContext db, CancellationToken cancel)
    {
        if (filter is FilterGroup group)
        {
            var parts = new List<FieldFilter>();
            foreach (var part in group.Parts) parts.Add(await OfAsync(part, find, db, cancel));
            return group with { Parts = parts };
        }
        if (!IsMeant(filter) || find(filter.Field) is not { } field) return filter;
        if (field.Kind.Name == "user" && filter.Value == Me) return filter with { Value = (db.UserId ?? Guid.Empty).ToString() };
        if (field.LookupType == Unit && filter is { Operator: Within, Value: Mine }) return filter with { Operator = "in", Value = await UnitsAsync(db, cancel) };
        if (!IsTime(field)) return filter;
        var (from, until) = Periods.Of(filter.Value, db.Services.GetRequiredService<Access>().Today);
        FieldFilter After(string @operator) => filter with { Operator = @operator, Value = Begin(until.AddDays(1), field, db) };
        FieldFilter At(string @operator) => filter with { Operator = @operator, Value = Begin(from, field, db) };
        return filter.Operator switch
        {
            Within or "eq" => new FilterGroup(Any: false, [At("ge"), After("lt")]),
            "ne" => new FilterGroup(Any: true, [At("lt"), After("ge"), .. field.CanBeEmpty ? [filter with { Operator = "empty", Value = "true" }] : Array.Empty<FieldFilter>()]),
            "le" => After("lt"),
            "gt" => After("ge"),
            _ => At(filter.Operator),
        };
    }

    /// <summary>The day, or the moment at which it begins in the company's zone. Where clocks go forward at midnight the day begins later.</summary>
    static string Begin(DateOnly day, Field field, CrmDbContext db)
    {
        if (field.Kind.Name == "date") return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (zone, midnight) = (db.Snapshot.Settings.Zone, day.ToDateTime(TimeOnly.MinValue));
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    static async Task<string> UnitsAsync(CrmDbContext db, CancellationToken cancel)
    {
        var own = db.Services.GetRequiredService<Access>().Workplaces.Select(w => w.UnitId).ToList();
        var below = await db.Set<UnitBelow>().Where(b => own.Contains(b.AncestorId)).Select(b => b.UnitId).ToListAsync(cancel);
        return string.Join(',', own.Concat(below).Append(Guid.Empty).Distinct());
    }

    static bool IsTime(Field field) => field.Kind.Name is "date" or "moment";
}
