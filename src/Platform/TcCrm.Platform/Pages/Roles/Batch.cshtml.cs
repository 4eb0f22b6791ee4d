using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Pages.Users;

namespace TcCrm.Platform.Pages.Roles;

/// <summary>Asks before a step for many roles, and says what became of each.</summary>
public sealed class BatchModel(RoleBatch batch, IText text) : PageModel
{
    const int Most = 200;

    [BindProperty(SupportsGet = true, Name = "step")] public RoleStep Step { get; set; }
    [BindProperty(SupportsGet = true, Name = "id")] public List<Guid> Ids { get; set; } = [];

    public BatchList List { get; private set; } = null!;
    public string Title => text[$"RoleStep.{Step}"];

    public string Meaning => Step switch
    {
        RoleStep.Enable => text["Those who have them get what they give at their next step."],
        RoleStep.Disable => text["Those who have them lose what only they give at their next step. They keep the role for when it is enabled again."],
        _ => text["They are gone for good, with all that they say about records and fields."],
    };

    bool IsAsked => ModelState.IsValid && Ids.Count is > 0 and <= Most;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!IsAsked) return BadRequest();
        List = new(await batch.PlanAsync(Step, Ids, cancel), IsDone: false);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!IsAsked) return BadRequest();
        List = new(await batch.RunAsync(Step, Ids, cancel), IsDone: true);
        return Page();
    }
}
