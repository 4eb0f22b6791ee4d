using TcCrm.Platform.Data;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "numbering", "Rules": [{ "Type", "Pattern", "Reset": "Never" | "Year" | "Month" | "Day", "PerUnit", "GapFree" }] }</c>.</summary>
public sealed class NumberingStep(CrmDbContext db, TenantContext tenant) : IRecipeStep
{
    public string Name => "numbering";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (rule, path) in step.Items<RuleBody>("Rules"))
        {
            if (tenant.Snapshot.RecordTypes.GetValueOrDefault(rule.Type ?? "") is not { } type) step.Problem($"{path}.Type", "There is no record type '{0}'.", rule.Type);
            else if (type.Number is null) step.Problem($"{path}.Type", "Records of type '{0}' have no number.", rule.Type);
            CheckPattern(step, path, rule);
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (body, _) in step.Items<RuleBody>("Rules"))
        {
            var rule = await db.Set<NumberRule>().FindAsync([body.Type], cancel) ?? db.Add(new NumberRule { RecordType = body.Type!, Pattern = "" }).Entity;
            rule.Pattern = body.Pattern!;
            rule.Reset = body.Reset;
            rule.IsGapFree = body.GapFree ?? true;
        }
        await db.SaveChangesAsync(cancel);
    }

    static void CheckPattern(RecipeStepContext step, string path, RuleBody rule)
    {
        try
        {
            var pattern = NumberPattern.Parse(rule.Pattern ?? "");
            if (rule.PerUnit && !pattern.UsesUnit) step.Problem($"{path}.Pattern", "Numbers per unit need {unit} in their pattern.");
        }
        catch (BusinessRuleException wrong)
        {
            step.Problem($"{path}.Pattern", wrong.Key, [.. wrong.Args]);
        }
    }

    sealed record RuleBody(string? Type, string? Pattern, NumberReset Reset, bool PerUnit, bool? GapFree);
}
