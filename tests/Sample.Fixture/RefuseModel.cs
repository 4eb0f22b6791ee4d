using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sample.Fixture;

/// <summary>A page whose steps the business refuses, and which does not catch that.</summary>
public sealed class RefuseModel : PageModel
{
    public void OnGet(bool at)
    {
        if (at) throw new BusinessRuleException("Not this name.");
    }

    public void OnPost() => throw new BusinessRuleException("Not this name.");
}
