using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Organisation;

/// <summary>The company as a tree of its units.</summary>
public sealed class IndexModel(UnitTree tree, RecordLabels labels, Access access, CrmDbContext db, TimeProvider time) : PageModel
{
    Dictionary<Guid, int>? _staff;

    public IReadOnlyList<UnitNode> Top { get; private set; } = [];
    public RecordType Type { get; private set; } = null!;
    public bool MayCreate => access.May(RecordRight.Create, Type);
    public bool MayImport => access.May(RecordRight.Import, Type);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Type = access.TypeOf("organisation.unit")!;
        Top = await tree.ReadVisibleAsync(cancel);
        await labels.LoadUsersAsync(Top.SelectMany(n => n.Flat).Select(n => n.Unit.HeadId), cancel);
        if (access.TypeOf("organisation.assignment") is not null) _staff = await StaffAsync(cancel);
    }

    public string? HeadOf(UnitNode node) => node.Unit.HeadId is { } head && Type.Find(nameof(Unit.HeadId)) is not null ? labels.UserName(head) : null;

    /// <summary>Null for those who may not see who works where.</summary>
    public int? StaffOf(UnitNode node) => _staff?.GetValueOrDefault(node.Unit.Id);

    async Task<Dictionary<Guid, int>> StaffAsync(CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(time.GetUtcNow().UtcDateTime, db.Snapshot.Settings.Zone));
        return await db.Set<Assignment>().Where(a => a.DeletedAt == null && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today))
            .GroupBy(a => a.UnitId).Select(g => new { g.Key, Count = g.Select(a => a.UserId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}
