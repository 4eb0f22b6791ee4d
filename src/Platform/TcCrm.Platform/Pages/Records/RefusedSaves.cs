using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Records;

static class RefusedSaves
{
    /// <summary>On a page a refused step is a problem like any other: it stands at its field, and what was typed stays.</summary>
    public static async Task<SaveResult> OrProblemAsync(this Task<SaveResult> save)
    {
        try
        {
            return await save;
        }
        catch (BusinessRuleException refused)
        {
            return new(SaveOutcome.Invalid, null, [new(refused.Field ?? "", refused.Key, [.. refused.Args])]);
        }
    }
}
