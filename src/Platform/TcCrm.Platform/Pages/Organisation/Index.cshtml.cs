using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Pages.Organisation;

/// <summary>The company as a tree of its units.</summary>
public sealed class IndexModel(UnitTree tree, RecordLabels labels, Access access) : PageModel
{
    IReadOnlyDictionary<Guid, int>? _staff;

    public IReadOnlyList<UnitNode> Top { get; private set; } = [];
    public RecordType Type { get; private set; } = null!;
    /// <summary>The day as of which the tree is shown; null for now.</summary>
    public DateOnly? On { get; private set; }
    public DateOnly Today => access.Today;
    public bool MayCreate => On is null && access.May(RecordRight.Create, Type);
    public bool MayImport => access.May(RecordRight.Import, Type);

    public async Task OnGetAsync(string? on, CancellationToken cancel)
    {
        if (DateOnly.TryParseExact(on, "yyyy-MM-dd", out var day) && day < Today) On = day;
        Type = access.TypeOf("organisation.unit")!;
        Top = await tree.ReadVisibleAsync(cancel, On);
        await labels.LoadUsersAsync(Top.SelectMany(n => n.Flat).Select(n => n.Unit.HeadId), cancel);
        if (access.TypeOf("organisation.assignment") is not null) _staff = await tree.StaffAsync(cancel, On);
    }

    public string? HeadOf(UnitNode node) => node.Unit.HeadId is { } head && Type.Find(nameof(Unit.HeadId)) is not null ? labels.UserName(head) : null;

    /// <summary>Null for those who may not see who works where.</summary>
    public int? StaffOf(UnitNode node) => _staff?.GetValueOrDefault(node.Unit.Id);
}
