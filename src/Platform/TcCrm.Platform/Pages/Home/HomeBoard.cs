using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Home;

/// <summary>How many there are of a type, counted no further than somebody would read.</summary>
public sealed record TypeCount(RecordType Type, string Count);

/// <summary>A record and when it was last touched, in the tenant's zone.</summary>
public sealed record Touched(RecordType Type, Record Record, DateTime At);

public sealed record HomeView(string Name, int Hour, IReadOnlyList<TypeCount> Counts, IReadOnlyList<Touched> Newest, IReadOnlyList<Touched> Mine);

/// <summary>What the home page shows: what there is, what is new, what the user worked on last.</summary>
public sealed class HomeBoard(Navigation navigation, CrmDbContext db, CurrentUser user, TimeProvider time)
{
    const int Many = 10_000;
    const int Shown = 6;
    const int LookedAt = 60;

    public async Task<HomeView> ReadAsync(CancellationToken cancel) => new(
        user.Name, Local(time.GetUtcNow().UtcDateTime).Hour, await CountsAsync(cancel), await NewestAsync(cancel), await MineAsync(cancel));

    async Task<IReadOnlyList<TypeCount>> CountsAsync(CancellationToken cancel)
    {
        var counts = new List<TypeCount>();
        foreach (var type in navigation.RecordTypes)
        {
            var count = await type.CountAsync(db, RecordQuery.All, Many + 1, cancel);
            counts.Add(new(type, count > Many ? Many.ToString("N0", CultureInfo.CurrentCulture) + "+" : count.ToString("N0", CultureInfo.CurrentCulture)));
        }
        return counts;
    }

    async Task<IReadOnlyList<Touched>> NewestAsync(CancellationToken cancel)
    {
        var newest = new List<Touched>();
        foreach (var type in navigation.RecordTypes)
            newest.AddRange((await type.ListAsync(db, RecordQuery.All with { Size = Shown }, cancel)).Items.Select(r => new Touched(type, r, Local(r.CreatedAt))));
        return [.. newest.OrderByDescending(t => t.At).Take(Shown)];
    }

    async Task<IReadOnlyList<Touched>> MineAsync(CancellationToken cancel)
    {
        if (user.Id is not { } me) return [];
        var entries = await db.Set<AuditEntry>().AsNoTracking().Where(a => a.UserId == me && a.RecordId != null).OrderByDescending(a => a.Id).Take(LookedAt).Select(a => new { a.RecordType, Id = a.RecordId!.Value, a.At }).ToListAsync(cancel);
        var latest = entries.DistinctBy(e => e.Id).ToList();
        var mine = new List<Touched>();
        foreach (var type in navigation.RecordTypes)
        {
            var at = latest.Where(e => e.RecordType == type.Name).ToDictionary(e => e.Id, e => e.At);
            if (at.Count > 0) mine.AddRange((await type.FindManyAsync(db, at.Keys, cancel)).Where(r => r.DeletedAt is null).Select(r => new Touched(type, r, Local(at[r.Id]))));
        }
        return [.. mine.OrderByDescending(t => t.At).Take(Shown)];
    }

    DateTime Local(DateTime moment) => TimeZoneInfo.ConvertTimeFromUtc(moment, db.Snapshot.Settings.Zone);
}
