using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Views;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>
/// Conditions that somebody saved with the person's name or number in them: a view loses them; in a rule of rights another value takes their place,
/// for without the condition the rule would open more than before.
/// </summary>
public sealed class SavedFilters(CrmDbContext db) : IErasesPersonalData
{
    const string Nobody = "…";

    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        foreach (var view in await db.Set<SavedView>().ToListAsync(cancel))
            if (view.Filters.Exists(f => Names(f, person))) view.Filters = [.. view.Filters.Where(f => !Names(f, person))];
        foreach (var rule in await db.Set<SharingRule>().ToListAsync(cancel)) rule.Filters = Without(rule.Filters, person);
        foreach (var reach in await db.Set<RoleReach>().Where(r => r.Kind == ReachKind.Matching).ToListAsync(cancel)) reach.Details = Without(reach.Details, person);
        var erased = await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return erased;
    }

    static string Without(string filters, Person person) =>
        JsonTexts.Replaced(filters, f => ValueOf(f) is { Length: > 0 } value && person.IsIn(value) ? f[..^value.Length] + Nobody : null);

    static bool Names(string filter, Person person) => RecordQueryText.ParseFilter(filter).Leaves.Any(leaf => person.IsIn(leaf.Value));

    static string ValueOf(string filter) => filter.Split(':', 3) is [_, _, var value] ? value : "";
}
