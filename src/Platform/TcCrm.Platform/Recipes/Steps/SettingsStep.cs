using System.Text.Json.Nodes;
using TcCrm.Platform.Data;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary><c>{ "name": "settings", "SiteName": "…", "TimeZoneId": "…", … }</c>: keys are case-sensitive; those that nothing here knows are kept as they are.</summary>
public sealed class SettingsStep(CrmDbContext db, ITenantCatalogue catalogue) : IRecipeStep
{
    /// <summary>Settings that the product reads, and when their text is wrong.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string, string?>> Known = new Dictionary<string, Func<string, string?>>(StringComparer.Ordinal)
    {
        ["SiteName"] = v => v.Length is > 0 and <= 200 ? null : "Type a name of 1 to {0} characters.",
        ["TimeZoneId"] = v => TimeZoneInfo.TryFindSystemTimeZoneById(v, out _) ? null : "'{1}' is not a time zone, such as Asia/Shanghai.",
        ["Language"] = v => TextCatalog.Languages.Any(l => l.Name == v) ? null : "'{1}' is not a language of the product: zh-CN or en.",
        ["Currency"] = v => v.Length == 3 && v.All(char.IsAsciiLetterUpper) ? null : "'{1}' is not a currency code such as CNY.",
        ["PhoneRegion"] = v => v.Length == 2 && v.All(char.IsAsciiLetterUpper) ? null : "'{1}' is not a country code such as CN.",
        ["BaseUrl"] = v => v.Length == 0 || (Uri.TryCreate(v, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") ? null : "'{1}' is not a web address.",
    };

    const string SchemaStamp = nameof(SchemaStamp);

    public string Name => "settings";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var ofOtherSteps = catalogue.Of<IRecipeStep>().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in Settings(step))
        {
            if (ofOtherSteps.Contains(key)) step.Problem(Place(key), "'{0}' has a step of its own.", key);
            else if (key == SchemaStamp) step.Problem(key, "'{0}' is kept by the product itself.", key);
            else if (key.Length is 0 or > SettingRows.LongestKey) step.Problem(Place(key), "Type a name of 1 to {0} characters.", SettingRows.LongestKey);
            else if (Known.TryGetValue(key, out var rule)) CheckKnown(step, key, value, rule);
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (key, value) in Settings(step)) await db.PutAsync(key, value, cancel);
    }

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Settings(RecipeStepContext step) => Settings(step.Body);

    internal static IEnumerable<KeyValuePair<string, JsonNode?>> Settings(JsonObject body) => body.Where(p => p.Key is not ("name" or "optional"));

    internal static string Place(string key) => $"['{key}']";

    static void CheckKnown(RecipeStepContext step, string key, JsonNode? value, Func<string, string?> rule)
    {
        if (value is null) return;
        if (value is not JsonValue known || !known.TryGetValue(out string? text)) step.Problem(Place(key), "This value does not have the expected form.");
        else if (rule(text) is { } wrong) step.Problem(Place(key), wrong, SettingRows.LongestKey, text);
    }
}
