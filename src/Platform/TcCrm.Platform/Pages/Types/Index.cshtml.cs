using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Types;

/// <param name="Own">Fields that the tenant has made.</param>
/// <param name="Records">Of a type that the tenant has made, counted up to <see cref="IndexModel.Most"/>.</param>
public sealed record TypeLine(RecordType Type, int Own, int Records)
{
    public string DomId => Type.Name.Replace('.', '-');
}

/// <summary>All record types: those of modules, those the tenant has made, and those it has removed.</summary>
[Permission(PlatformPermissions.DefineTypes)]
public sealed class IndexModel(CrmDbContext db, DefineTypes define, IText text) : PageModel
{
    public const int Most = 10_000;

    public IReadOnlyList<TypeLine> OfModules { get; private set; } = [];
    public IReadOnlyList<TypeLine> Made { get; private set; } = [];
    public IReadOnlyList<(int No, string Label, DateTime At)> Removed { get; private set; } = [];
    /// <summary>Roles that may make types, besides the administrators.</summary>
    public IReadOnlyList<string> Definers { get; private set; } = [];
    public string? Refusal { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => ReadAsync(cancel);

    /// <param name="typed">The name of the type, so that nobody removes one by a slip.</param>
    public async Task<IActionResult> OnPostRemoveAsync(string type, string? typed, CancellationToken cancel)
    {
        if (await define.FindAsync(type ?? "", cancel) is not { } row || !TypeDefinition.Read(row.Json).IsMade) return NotFound();
        var label = text[row.Name];
        if (typed?.Trim() != label) return await RefusedAsync(text["Nothing was removed: the name was not typed as it stands."], cancel);
        return await TryAsync(() => define.RemoveAsync(row.Name, cancel), new(text["{0} removed", label], Undo: $"~/types?handler=BringBack&no={row.Id}"), cancel);
    }

    public async Task<IActionResult> OnPostBringBackAsync(int no, CancellationToken cancel)
    {
        if (await db.Set<StoredDefinition>().AsNoTracking().FirstOrDefaultAsync(d => d.Id == no && d.RemovedAt != null, cancel) is not { } row) return NotFound();
        return await TryAsync(() => define.BringBackAsync(no, cancel), new(text["{0} is back with its records", LabelOf(row)]), cancel);
    }

    async Task<IActionResult> TryAsync(Func<Task> step, Toast done, CancellationToken cancel)
    {
        try
        {
            await step();
            return this.Done("~/types", done);
        }
        catch (BusinessRuleException refused)
        {
            return await RefusedAsync(refused.Text(text), cancel);
        }
    }

    async Task<IActionResult> RefusedAsync(string why, CancellationToken cancel)
    {
        Refusal = why;
        Response.StatusCode = 422;
        await ReadAsync(cancel);
        return Page();
    }

    async Task ReadAsync(CancellationToken cancel)
    {
        var lines = new List<TypeLine>();
        foreach (var type in db.Snapshot.RecordTypes.Values)
            lines.Add(new(type, db.Snapshot.Types.Definitions.GetValueOrDefault(type.Name)?.Fields.Count ?? 0, type.IsMade ? await type.CountAsync(db, RecordQuery.All, Most, cancel) : 0));
        var byLabel = lines.OrderBy(l => text[l.Type.Name], StringComparer.CurrentCulture).ToLookup(l => l.Type.IsMade);
        (Made, OfModules) = ([.. byLabel[true]], [.. byLabel[false]]);
        Removed = [.. (await db.Set<StoredDefinition>().AsNoTracking().Where(d => d.RemovedAt != null).OrderByDescending(d => d.RemovedAt).ToListAsync(cancel)).Select(d => (d.Id, LabelOf(d), TimeZoneInfo.ConvertTimeFromUtc(d.RemovedAt!.Value, db.Snapshot.Settings.Zone)))];
        Definers = [.. (await db.Roles.AsNoTracking().Where(r => db.RoleClaims.Any(c => c.RoleId == r.Id && c.ClaimType == CrmRole.PermissionClaim && c.ClaimValue == PlatformPermissions.DefineTypes)).OrderBy(r => r.Name).ToListAsync(cancel)).Select(r => text[r.Name!])];
    }

    static string LabelOf(StoredDefinition row) => TypeDefinition.Read(row.Json).Labels.Shown ?? row.Name;
}
