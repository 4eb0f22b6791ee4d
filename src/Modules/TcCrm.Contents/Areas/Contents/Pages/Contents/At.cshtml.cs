using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Contents.Editing;
using TcCrm.Contents.Items;
using TcCrm.Platform.Permissions;

namespace TcCrm.Contents.Pages;

/// <summary>
/// An item at the address of its <c>AutoroutePart</c>, for those who are signed in and may see it. Open to all by name only: an address where nobody has put anything answers
/// strangers the same 404 as one that is not theirs to read.
/// </summary>
[AllowAnonymous]
public sealed class AtModel(ContentForms forms, ContentStore store, ContentAccess access, Access rights) : PageModel
{
    public ContentItem Item { get; private set; } = null!;
    public ContentForm Form { get; private set; } = null!;
    public string Title => string.IsNullOrWhiteSpace(Item.DisplayText) ? Form.Type.Label : Item.DisplayText;
    public bool MayEdit => rights.May(ContentPermissions.ListContent) && access.May(ContentRight.Edit, Item);

    public async Task<IActionResult> OnGetAsync(string path, CancellationToken cancel)
    {
        if (access.Me is null || ContentPath.Of(path) is not { } address || await store.AtAsync(address, cancel) is not { } item || !access.May(ContentRight.View, item)) return NotFound();
        Item = item;
        Form = await forms.OpenAsync(await forms.TypeAsync(item.ContentType, cancel), item.Read(), null, [], cancel);
        return Page();
    }
}
