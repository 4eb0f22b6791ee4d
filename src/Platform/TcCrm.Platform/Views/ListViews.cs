using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Views;

/// <summary>The views of a list that somebody has, in order, and what they have chosen for it.</summary>
public sealed record KnownViews(IReadOnlyList<SavedView> Views, ListChoice? Choice)
{
    public static readonly KnownViews None = new([], null);

    /// <summary>With which the list opens; null is all records.</summary>
    public SavedView? Default => Choice?.ViewId is { } chosen && (chosen == Guid.Empty || Find(chosen) is not null) ? Find(chosen) : Views.FirstOrDefault(v => v.IsDefault);

    public SavedView? Find(Guid id) => Views.FirstOrDefault(v => v.Id == id);
}

/// <summary>Reads and changes the views of lists. One's own are one's own affair; shared ones need <see cref="PlatformPermissions.ShareViews"/>.</summary>
public sealed class ListViews(CrmDbContext db, Access access, CurrentUser user, TimeProvider time)
{
    const int MostOwn = 100;
    static readonly CompiledQuery<string, Guid, SavedView> Seen = new((db, type, me) => db.Set<SavedView>().AsNoTracking().Where(v => v.RecordType == type && (v.OwnerId == null || v.OwnerId == me)));
    static readonly CompiledQuery<string, Guid, ListChoice> Chosen = new((db, type, me) => db.Set<ListChoice>().AsNoTracking().Where(c => c.UserId == me && c.RecordType == type));

    public bool MayShare => access.May(PlatformPermissions.ShareViews);

    /// <summary>Shared ones first, each as far as the reader sees its fields.</summary>
    public async Task<KnownViews> ReadAsync(RecordType type, CancellationToken cancel)
    {
        var views = (await InOrderAsync(type, cancel)).Where(IsMine).ToList();
        views.ForEach(v => v.NarrowTo(type));
        return new(views, (await Chosen.ToListAsync(db, type.Name, user.Id ?? Guid.Empty, cancel)).FirstOrDefault());
    }

    /// <summary>All that this user may change: their own, and the shared ones if they may share.</summary>
    public async Task<IReadOnlyList<SavedView>> EditableAsync(RecordType type, CancellationToken cancel) =>
        [.. (await InOrderAsync(type, cancel)).Where(MayChange)];

    public bool MayChange(SavedView view) => view.OwnerId is null ? MayShare : view.OwnerId == user.Id;

    /// <exception cref="BusinessRuleException">The name is missing, too long or taken, or the user may not.</exception>
    public async Task<SavedView> AddAsync(RecordType type, string name, bool isShared, SavedQuery query, CancellationToken cancel)
    {
        if (user.Id is null || (isShared && !MayShare)) throw new BusinessRuleException("You may not share views.");
        var others = await Seen.ToListAsync(db, type.Name, user.Id.Value, cancel);
        if (others.Count(v => v.OwnerId is not null) >= MostOwn) throw new BusinessRuleException("There are {0} views of your own already. Remove one first.", null, MostOwn);
        var view = new SavedView { RecordType = type.Name, Name = Named(name), OwnerId = isShared ? null : user.Id, Position = others.Select(v => v.Position + 1).DefaultIfEmpty(0).Max() };
        query.WriteTo(view);
        db.Add(view);
        await SaveAsync(view, "ViewSaved", cancel);
        return view;
    }

    /// <summary>False when there is no such view, or it is not theirs to change.</summary>
    public async Task<bool> ChangeAsync(RecordType type, Guid id, Action<SavedView> change, CancellationToken cancel)
    {
        if (await FindAsync(type, id, cancel) is not { } view) return false;
        var owner = view.OwnerId;
        change(view);
        view.Name = Named(view.Name);
        if (view.OwnerId != owner && !MayShare) throw new BusinessRuleException("You may not share views.");
        await SaveAsync(view, "ViewSaved", cancel);
        return true;
    }

    public async Task<bool> RemoveAsync(RecordType type, Guid id, CancellationToken cancel)
    {
        if (await FindAsync(type, id, cancel) is not { } view) return false;
        db.Remove(view);
        await SaveAsync(view, "ViewRemoved", cancel);
        return true;
    }

    /// <summary>One place up or down among those of its kind.</summary>
    public async Task MoveAsync(RecordType type, Guid id, bool up, CancellationToken cancel)
    {
        var views = (await EditableAsync(type, cancel)).ToList();
        if (views.Find(v => v.Id == id) is not { } moved) return;
        var kind = views.Where(v => v.OwnerId == moved.OwnerId).ToList();
        var (from, to) = (kind.IndexOf(moved), kind.IndexOf(moved) + (up ? -1 : 1));
        if (to < 0 || to >= kind.Count) return;
        (kind[from], kind[to]) = (kind[to], kind[from]);
        db.AttachRange(kind);
        for (var i = 0; i < kind.Count; i++) kind[i].Position = i;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What this user has otherwise than others.</summary>
    public async Task ChooseAsync(RecordType type, Action<ListChoice> change, CancellationToken cancel)
    {
        if (user.Id is not { } me) return;
        await using var write = await db.BeginWriteAsync(cancel);
        var choice = await db.Set<ListChoice>().FirstOrDefaultAsync(c => c.UserId == me && c.RecordType == type.Name, cancel) ?? db.Add(new ListChoice { UserId = me, RecordType = type.Name }).Entity;
        change(choice);
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    async Task<IOrderedEnumerable<SavedView>> InOrderAsync(RecordType type, CancellationToken cancel) =>
        (await Seen.ToListAsync(db, type.Name, user.Id ?? Guid.Empty, cancel)).OrderBy(v => v.OwnerId is not null).ThenBy(v => v.Position).ThenBy(v => v.Name, StringComparer.Ordinal);

    bool IsMine(SavedView view) => view.OwnerId is not null || view.Roles.Count == 0 || view.Roles.Exists(user.Roles.Contains);

    async Task<SavedView?> FindAsync(RecordType type, Guid id, CancellationToken cancel) =>
        await db.Set<SavedView>().FirstOrDefaultAsync(v => v.Id == id && v.RecordType == type.Name, cancel) is { } view && MayChange(view) ? view : null;

    async Task SaveAsync(SavedView view, string action, CancellationToken cancel)
    {
        var taken = await db.Set<SavedView>().AnyAsync(v => v.RecordType == view.RecordType && v.OwnerId == view.OwnerId && v.Name == view.Name && v.Id != view.Id, cancel);
        if (taken && action == "ViewSaved") throw Taken(view);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = user.Id, Action = action, RecordType = view.RecordType, Details = JsonSerializer.Serialize(new { view.Name, Shared = view.OwnerId is null, view.Roles, view.Filters }) });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (action == "ViewSaved")
        {
            throw Taken(view); // by whoever was quicker
        }
    }

    static BusinessRuleException Taken(SavedView view) => new("There is a view '{0}' already. Choose another name.", nameof(SavedView.Name), view.Name);

    static string Named(string name) => name.Trim() is { Length: > 0 and <= SavedView.LongestName } good ? good : throw new BusinessRuleException("Type a name of 1 to {0} characters.", nameof(SavedView.Name), SavedView.LongestName);
}

/// <summary>What of a list's state a view keeps.</summary>
/// <param name="Columns">Empty for those that the reader has otherwise.</param>
public sealed record SavedQuery(IReadOnlyList<string> Filters, string? Sort, IReadOnlyList<string> Columns)
{
    public static SavedQuery Of(SavedView view) => new(view.Filters, view.Sort, view.Columns);

    public void WriteTo(SavedView view) => (view.Filters, view.Sort, view.Columns) = ([.. Filters], Sort, [.. Columns]);

    public bool Equals(SavedQuery? other) => other is not null && Filters.SequenceEqual(other.Filters) && Sort == other.Sort && Columns.SequenceEqual(other.Columns);
    public override int GetHashCode() => HashCode.Combine(Filters.Count, Sort, Columns.Count);
}
