using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Organisation;

/// <summary>Where a unit shall stand, what that means, and then the move.</summary>
public sealed class MoveModel(UnitMoves moves, CrmDbContext db, FieldOptions options, RecordLabels labels, Access access, IText text) : PageModel
{
    const string Day = "yyyy-MM-dd";

    public RecordType Type { get; private set; } = null!;
    public Unit Unit { get; private set; } = null!;
    public int Version { get; private set; }
    public FieldInput Parent { get; private set; } = null!;
    public Guid? Wanted { get; private set; }
    public string From { get; private set; } = "";
    public string Reason { get; private set; } = "";
    /// <summary>Null until place, day and reason are good.</summary>
    public (int Units, int People)? Outlook { get; private set; }
    public string Today => access.Today.ToString(Day, CultureInfo.InvariantCulture);
    public string Here => UnitLinks.Move(Unit.Id);

    public string Above(Guid? unit) => unit is { } id ? labels.Of(Parent.Field, id)?.Text ?? "–" : text["Top of the company"];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await LoadAsync(id, cancel) is { } refused) return refused;
        (Version, From) = (Unit.Version, Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, int version, string? from, string? reason, bool confirmed, CancellationToken cancel)
    {
        if (await LoadAsync(id, cancel) is { } refused) return refused;
        (Version, From, Reason) = (version, from?.Trim() ?? "", reason?.Trim() ?? "");
        var typed = await FormValues.ReadAsync(Type, await Request.ReadFormAsync(cancel), options, cancel);
        Parent = typed.InputOf(Parent.Field);
        var (isDay, isUnit) = (DateOnly.TryParseExact(From, Day, out var day), Guid.TryParse(Parent.Text, out var parent));
        Wanted = isUnit ? parent : null;
        if (!isDay) ModelState.AddModelError(nameof(UnitMove.From), text["Type a day such as 2026-12-31."]);
        if (!isUnit && Parent.Text.Length > 0) ModelState.AddModelError(Parent.Name, text[typed.IsAmbiguous(Parent.Field.Name) ? "Several records fit. Choose one of them." : Parent.Field.Kind.InvalidKey]);
        var move = new UnitMove(id, version, Wanted, day, Reason);
        if (ModelState.IsValid) Add(await moves.ProblemsOfAsync(Type, move, cancel));
        if (ModelState.IsValid && confirmed && await MoveAsync(move, cancel)) return this.Done(RecordLinks.Of(Type, Unit), new(text["Moved"]));
        if (ModelState.IsValid) return await ConfirmAsync(cancel);
        Parent = Parent with { Error = ModelState[Parent.Name]?.Errors.FirstOrDefault()?.ErrorMessage };
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<bool> MoveAsync(UnitMove move, CancellationToken cancel)
    {
        var result = await moves.MoveAsync(Type, move, cancel);
        Add(result.Problems);
        if (result.Outcome is not (SaveOutcome.Saved or SaveOutcome.Invalid)) ModelState.AddModelError("", text["Somebody else has changed this unit meanwhile. Look at it again."]);
        return result.Outcome == SaveOutcome.Saved;
    }

    /// <summary>Under the names that the fields have on the page.</summary>
    void Add(IEnumerable<RecordProblem> problems) => ModelState.Add(problems.Select(p => p.Field == Parent.Field.Name ? p with { Field = Parent.Name } : p), text);

    async Task<PageResult> ConfirmAsync(CancellationToken cancel)
    {
        Outlook = await moves.LookAheadAsync(Unit.Id, cancel);
        await labels.LoadAsync(new[] { Wanted }.OfType<Guid>().Select(u => (Parent.Field, u)), cancel);
        return Page();
    }

    async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (access.TypeOf("organisation.unit") is not { } type || await type.FindAsync(db, id, cancel) is not Unit unit) return NotFound();
        if (type.Find(nameof(Unit.ParentId)) is not { IsReadOnly: false } parent || !await type.ReachesAsync(db, RecordRight.Edit, id, cancel)) return StatusCode(StatusCodes.Status403Forbidden);
        (Type, Unit, Parent) = (type, unit, new(parent, "", "", null));
        await labels.LoadAsync([parent], [unit], cancel);
        return null;
    }
}
