using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Audit;

/// <param name="Next">Entries before this one are on the next page; null when there are none.</param>
/// <param name="IsCutShort">Not all of the log has been looked through for a condition that has no index; <paramref name="Next"/> goes on.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, Guid? Next, bool IsCutShort);

/// <summary>
/// The log, newest first, page by page. One condition finds the rows by its index; the others are looked for among a bounded number of these, so that no
/// question costs more than a moment, however long the log.
/// </summary>
public sealed class AuditList(CrmDbContext db)
{
    public const int Size = 50;
    const int LookedThrough = 20_000;
    /// <summary>Clocks of nodes differ, and an entry's id is made a little before or after its moment.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    public async Task<AuditPage> ReadAsync(AuditFilter filter, Guid? before, int size, CancellationToken cancel)
    {
        var users = filter.User.Length > 0 ? await UsersAsync(filter.User, cancel) : null;
        var (found, rest) = Split(filter, users);
        found = Between(found, filter);
        if (before is { } id) found = found.Where(e => e.Id.CompareTo(id) < 0);
        var end = rest is null ? Guid.Empty : await found.OrderByDescending(e => e.Id).Skip(LookedThrough).Select(e => e.Id).FirstOrDefaultAsync(cancel);
        if (end != Guid.Empty) found = found.Where(e => e.Id.CompareTo(end) > 0);
        var entries = await (rest?.Invoke(found) ?? found).OrderByDescending(e => e.Id).Take(size + 1).AsNoTracking().ToListAsync(cancel);
        if (entries.Count > size) return new(entries[..size], entries[size - 1].Id, false);
        return new(entries, end == Guid.Empty ? null : end, end != Guid.Empty);
    }

    /// <summary>The rows by the narrowest condition that has an index, and what else is asked of them.</summary>
    (IQueryable<AuditEntry> Found, Func<IQueryable<AuditEntry>, IQueryable<AuditEntry>>? Others) Split(AuditFilter filter, List<Guid?>? users)
    {
        var steps = new List<Func<IQueryable<AuditEntry>, IQueryable<AuditEntry>>>();
        if (filter.RecordId is { } record) steps.Add(rows => rows.Where(e => e.RecordId == record));
        if (users is not null) steps.Add(rows => rows.Where(e => users.Contains(e.UserId)));
        if (filter.Action.Length > 0) steps.Add(rows => rows.Where(e => e.Action == filter.Action));
        var rest = steps.Skip(1).ToList();
        if (filter.RecordType.Length > 0) rest.Add(rows => rows.Where(e => e.RecordType == filter.RecordType));
        if (filter.Search.Length > 0) rest.Add(rows => Saying(rows, filter.Search));
        IQueryable<AuditEntry> all = db.Set<AuditEntry>();
        return (steps.Count > 0 ? steps[0](all) : all, rest.Count == 0 ? null : rows => rest.Aggregate(rows, (narrowed, step) => step(narrowed)));
    }

    /// <summary>In any case of the letters.</summary>
    IQueryable<AuditEntry> Saying(IQueryable<AuditEntry> rows, string words)
    {
        var pattern = LikePattern.Containing(words);
        return db.Database.IsNpgsql()
            ? rows.Where(e => EF.Functions.ILike(e.Details, pattern, LikePattern.Escape) || EF.Functions.ILike(e.Address!, pattern, LikePattern.Escape) || EF.Functions.ILike(e.Agent!, pattern, LikePattern.Escape))
            : rows.Where(e => EF.Functions.Like(e.Details, pattern, LikePattern.Escape) || EF.Functions.Like(e.Address!, pattern, LikePattern.Escape) || EF.Functions.Like(e.Agent!, pattern, LikePattern.Escape));
    }

    IQueryable<AuditEntry> Between(IQueryable<AuditEntry> rows, AuditFilter filter)
    {
        var (from, before) = filter.Bounds(db.Snapshot.Settings.Zone);
        if (from is { } first)
        {
            var id = AuditFilter.IdAt(first - Slack);
            rows = rows.Where(e => e.Id.CompareTo(id) >= 0 && e.At >= first);
        }
        if (before is not { } last) return rows;
        var end = AuditFilter.IdAt(last + Slack);
        return rows.Where(e => e.Id.CompareTo(end) < 0 && e.At < last);
    }

    /// <summary>By user name or by what colleagues see.</summary>
    async Task<List<Guid?>> UsersAsync(string name, CancellationToken cancel)
    {
        var (upper, id) = (name.ToUpperInvariant(), Guid.TryParse(name, out var given) ? given : Guid.Empty);
        return [.. (await db.Users.Where(u => u.NormalizedUserName == upper || u.DisplayName == name || u.Id == id).Take(100).Select(u => u.Id).ToListAsync(cancel)).Select(u => (Guid?)u)];
    }
}
