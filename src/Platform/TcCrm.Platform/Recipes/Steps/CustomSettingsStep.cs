using System.Text.Json.Nodes;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "custom-settings", "MyType": { content item } }</c>: one setting for each key, replaced whole.</summary>
public sealed class CustomSettingsStep(CrmDbContext db) : IRecipeStep
{
    public string Name => "custom-settings";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (key, value) in SettingsStep.Settings(step))
        {
            if (key.Length is 0 or > SettingRows.LongestKey) step.Problem(SettingsStep.Place(key), "Type a name of 1 to {0} characters.", SettingRows.LongestKey);
            else if (SettingsStep.Known.ContainsKey(key)) step.Problem(SettingsStep.Place(key), "'{0}' is a setting of the product: it belongs into the step 'settings'.", key);
            else if (value is not JsonObject) step.Problem(SettingsStep.Place(key), "A content item is expected here.");
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (key, value) in SettingsStep.Settings(step)) await db.PutAsync(key, value, cancel);
    }
}
