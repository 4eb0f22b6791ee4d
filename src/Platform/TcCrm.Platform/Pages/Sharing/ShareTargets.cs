using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Sharing;

/// <summary>With whom one shares, as it is chosen.</summary>
public sealed class ShareForm
{
    public ShareWith Kind { get; set; }
    public string? User { get; set; }
    public Guid? Role { get; set; }
    public Guid? Unit { get; set; }
}

/// <summary>Users, roles and units to share with, and what they are called.</summary>
public sealed class ShareTargets(CrmDbContext db, Access access, UnitTree tree, RecordLabels labels, IText text)
{
    const int MostSuggested = 200;

    public IReadOnlyList<CrmUser> Users { get; private set; } = [];
    public IReadOnlyList<CrmRole> Roles { get; private set; } = [];
    public IReadOnlyList<UnitNode> Units { get; private set; } = [];

    public async Task LoadAsync(CancellationToken cancel)
    {
        Users = await db.Users.AsNoTracking().Where(u => u.IsEnabled).OrderBy(u => u.NormalizedUserName).Take(MostSuggested).ToListAsync(cancel);
        Roles = await db.Roles.AsNoTracking().OrderBy(r => r.NormalizedName).ToListAsync(cancel);
        if (UnitField is not null) Units = await tree.ReadVisibleAsync(cancel);
    }

    /// <summary>Null when nothing that there is has been chosen.</summary>
    public async Task<ShareTarget?> FindAsync(ShareForm form, CancellationToken cancel) => form.Kind switch
    {
        ShareWith.User => await FindUserAsync(form.User?.Trim() ?? "", cancel) is { } user ? new(ShareWith.User, user.Id, user.Called) : null,
        ShareWith.Role => Roles.FirstOrDefault(r => r.Id == form.Role) is { } role ? new(ShareWith.Role, role.Id, role.Name!) : null,
        _ => Units.SelectMany(u => u.Flat).FirstOrDefault(u => u.Unit.Id == form.Unit) is { } node ? new(ShareWith.Unit, node.Unit.Id, node.Unit.Name) : null,
    };

    public async Task<ShareForm> FormOfAsync(ShareWith kind, Guid id, CancellationToken cancel) => new()
    {
        Kind = kind,
        User = kind == ShareWith.User ? await db.Users.Where(u => u.Id == id).Select(u => u.UserName).FirstOrDefaultAsync(cancel) : null,
        Role = kind == ShareWith.Role ? id : null,
        Unit = kind == ShareWith.Unit ? id : null,
    };

    public async Task LoadNamesAsync(IReadOnlyCollection<(ShareWith Kind, Guid Id)> shares, CancellationToken cancel)
    {
        await labels.LoadUsersAsync(shares.Where(s => s.Kind == ShareWith.User).Select(s => (Guid?)s.Id), cancel);
        if (UnitField is { } unit) await labels.LoadAsync(shares.Where(s => s.Kind == ShareWith.Unit).Select(s => (unit, s.Id)), cancel);
    }

    public string NameOf(ShareWith kind, Guid id) => kind switch
    {
        ShareWith.User => labels.UserName(id),
        ShareWith.Role => Roles.FirstOrDefault(r => r.Id == id) is { } role ? text[role.Name!] : text["No longer there"],
        _ => (UnitField is { } unit ? labels.Of(unit, id)?.Text : null) ?? text["No longer there"],
    };

    Field? UnitField => access.TypeOf("organisation.unit")?.Find(nameof(Unit.ParentId));

    /// <summary>By the user name, else by the name that colleagues see where only one has it.</summary>
    async Task<CrmUser?> FindUserAsync(string typed, CancellationToken cancel)
    {
        var upper = typed.ToUpperInvariant();
        if (await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == upper && u.IsEnabled, cancel) is { } exact) return exact;
        return typed.Length > 0 && await db.Users.AsNoTracking().Where(u => u.DisplayName == typed && u.IsEnabled).Take(2).ToListAsync(cancel) is [var only] ? only : null;
    }
}
