using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Privacy;

/// <summary>What a person has agreed to, beside their record. For types that speak of people: <c>new Slot("…", "side", "Personal data", "PersonPanel")</c>.</summary>
[ViewComponent(Name = "PersonPanel")]
public sealed class PersonPanel(RecordAddress address, Consents consents, Holds holds, Access access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        if (!PrivacyPermissions.All.Any(p => p.Name != PrivacyPermissions.ManageRetention && access.May(p.Name))) return Content("");
        var (type, cancel) = (address.Type, HttpContext.RequestAborted);
        var person = new RecordReference(type.Name, recordId);
        return View(new PersonOutline($"~{type.Path}/{recordId}/personal-data", await consents.OfAsync(person, cancel), await holds.FindAsync(person, cancel) is not null));
    }
}

public sealed record PersonOutline(string Href, IReadOnlyList<ConsentState> Consents, bool IsHeld);
