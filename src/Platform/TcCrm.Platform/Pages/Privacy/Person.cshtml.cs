using TcCrm.Platform.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Copies;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Privacy;

/// <summary>What a person may ask of those who keep their data: what they agreed to, a copy, that it is erased.</summary>
[NotWhileViewing("Copy")]
[RequiresRight(RecordRight.View)]
public sealed class PersonModel(RecordAddress address, PersonDesk desk, Access access, IText text) : PageModel
{
    public Record Record { get; private set; } = null!;
    public RecordType Type => address.Type;
    public PersonFile Kept { get; private set; } = null!;
    public bool MayErase => access.May(PrivacyPermissions.ErasePersonalData);
    public bool MayCopy => access.May(PrivacyPermissions.CopyPersonalData);
    public bool MayNote => access.May(PrivacyPermissions.NoteConsent);
    RecordReference Reference => new(Type.Name, Record.Id);
    string Here => RecordLinks.Of(Type, Record) + "/personal-data";
    /// <summary>Typed again before the record is erased.</summary>
    public string Word => Type.Number?.Text(Record) is { Length: > 0 } number ? number : Record.Id.ToString()[..8];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await RefusedAsync(true, cancel) is { } refused) return refused;
        Kept = await desk.ReadAsync(Reference, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostConsentAsync(Guid purpose, bool given, ConsentChannel channel, string? evidence, CancellationToken cancel)
    {
        if (await RefusedAsync(MayNote && Enum.IsDefined(channel), cancel) is { } refused) return refused;
        if (evidence?.Length > 500) return BadRequest();
        await desk.Consents.NoteAsync([new(Reference, purpose, given, channel, evidence ?? "")], cancel);
        return this.Done(Here, new(text["Saved"]));
    }

    public async Task<IActionResult> OnPostCopyAsync(CancellationToken cancel)
    {
        if (await RefusedAsync(MayCopy, cancel) is { } refused) return refused;
        await desk.Copies.AskAsync(Reference, cancel);
        return this.Done(Here, new(text["The copy is being made"]));
    }

    public async Task<IActionResult> OnGetCopyAsync(Guid id, CancellationToken cancel)
    {
        if (await RefusedAsync(MayCopy, cancel) is { } refused) return refused;
        Response.Headers.CacheControl = "no-store";
        return (await desk.Copies.OfAsync(Reference, cancel)).Exists(c => c.Id == id) && await desk.Copies.OpenAsync(id, cancel) is { } file
            ? File(file, "application/zip", $"{Word}.zip") : this.Done(Here, new(text["This copy is no longer there. Make another."], "red"));
    }

    public async Task<IActionResult> OnPostHoldAsync(string? reason, CancellationToken cancel)
    {
        if (await RefusedAsync(MayErase, cancel) is { } refused) return refused;
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500) return this.Done(Here, new(text["Say why the record must be kept."], "red"));
        await desk.Holds.SetAsync(Reference, reason, cancel);
        return this.Done(Here, new(text["Saved"]));
    }

    public async Task<IActionResult> OnPostLiftAsync(CancellationToken cancel)
    {
        if (await RefusedAsync(MayErase, cancel) is { } refused) return refused;
        await desk.Holds.LiftAsync(Reference, cancel);
        return this.Done(Here, new(text["Saved"]));
    }

    public async Task<IActionResult> OnPostEraseAsync(string? typed, CancellationToken cancel)
    {
        if (await RefusedAsync(MayErase, cancel) is { } refused) return refused;
        if (typed?.Trim() != Word) return this.Done(Here, new(text["Type {0} to go on", Word], "red"));
        if (await desk.Holds.FindAsync(Reference, cancel) is not null) return this.Done(Here, new(text["This record is held and cannot be erased. Lift the hold first."], "red"));
        return Redirect($"~/privacy/erasing/{(await desk.Erasures.StartAsync(Reference, cancel)).Id}");
    }

    async Task<IActionResult?> RefusedAsync(bool may, CancellationToken cancel)
    {
        if (!Type.Fields.Any(f => f.IsPersonal) || await address.FindAsync(cancel) is not { } record) return NotFound();
        Record = record;
        return may ? null : StatusCode(403);
    }
}
