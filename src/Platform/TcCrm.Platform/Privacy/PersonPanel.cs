using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Privacy;

/// <summary>
/// What a person has agreed to, and who may be the same, beside their record. For types that speak of people:
/// <c>new Slot("…", "side", "Personal data", "PersonPanel")</c>.
/// </summary>
[ViewComponent(Name = "PersonPanel")]
public sealed class PersonPanel(RecordAddress address, Consents consents, Holds holds, SamePeople same, Access access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var (type, cancel) = (address.Type, HttpContext.RequestAborted);
        var person = new RecordReference(type.Name, recordId);
        var alike = (await same.FindAsync(person, cancel)).Select(r => new PersonLink(RecordLinks.Of(type, r), type.TitleOf(r), type.Number?.Text(r) ?? "")).ToList();
        return View(new PersonOutline($"~{type.Path}/{recordId}/personal-data", await consents.OfAsync(person, cancel), await holds.FindAsync(person, cancel) is not null, alike)
        {
            HasDesk = PrivacyPermissions.All.Any(p => p.Name != PrivacyPermissions.ManageRetention && access.May(p.Name)),
        });
    }
}

public sealed record PersonLink(string Href, string Title, string Number);

/// <param name="Same">Records with the same number or address.</param>
public sealed record PersonOutline(string Href, IReadOnlyList<ConsentState> Consents, bool IsHeld, IReadOnlyList<PersonLink> Same)
{
    /// <summary>Whether there is anything to do for this user on the page about the person's data.</summary>
    public bool HasDesk { get; init; }
}
