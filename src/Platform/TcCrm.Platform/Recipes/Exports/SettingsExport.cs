using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using TcCrm.Platform.Recipes.Steps;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>Settings, themes and the content items of custom settings. What belongs to this place alone, and every password, stays here.</summary>
sealed class SettingsExport(TenantContext tenant, ITenantCatalogue catalogue) : IRecipeExport
{
    const string Theme = nameof(Theme), PortalTheme = nameof(PortalTheme);
    static readonly string[] OfThisPlace = ["SchemaStamp", "BaseUrl", Theme, PortalTheme];
    static readonly string[] SecretWords = ["password", "secret", "token", "apikey", "privatekey", "connectionstring", "credential"];

    public IEnumerable<RecipePart> Parts => [new("settings", "Settings", ExportOrder.Settings)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        var settings = tenant.Snapshot.Settings;
        var ofOtherSteps = catalogue.Of<IRecipeStep>().Select(s => s.Name);
        var keys = settings.Keys.Except(OfThisPlace).Except(ofOtherSteps).Where(key => !IsSecret(key)).Order(StringComparer.Ordinal).ToLookup(key => IsContentItem(settings[key]));
        yield return Step("settings", keys[false]);
        if (keys[true].Any()) yield return Step("custom-settings", keys[true]);
        if (settings[Theme] is { } || settings[PortalTheme] is { }) yield return new() { ["name"] = "themes", ["admin"] = settings[Theme]?.DeepClone(), ["site"] = settings[PortalTheme]?.DeepClone() };
    }

    JsonObject Step(string name, IEnumerable<string> keys)
    {
        var step = new JsonObject { ["name"] = name };
        foreach (var key in keys) step[key] = WithoutSecrets(tenant.Snapshot.Settings[key]);
        return step;
    }

    static bool IsContentItem(JsonNode? value) => value is JsonObject item && item.ContainsKey("ContentType");

    static bool IsSecret(string name) => Array.Exists(SecretWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && !SettingsStep.Known.ContainsKey(name);

    static JsonNode? WithoutSecrets(JsonNode? value) => value switch
    {
        JsonObject item => new JsonObject(item.Where(p => !IsSecret(p.Key)).Select(p => KeyValuePair.Create(p.Key, WithoutSecrets(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutSecrets)]),
        _ => value?.DeepClone(),
    };
}
