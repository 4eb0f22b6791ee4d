using System.Text.Json;
using System.Text.Json.Nodes;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;
using TcCrm.Platform.Recipes.Steps;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Recipes;

/// <summary>The tenant as it will be after a recipe's features and settings: its steps are checked and run against that, so that they may use what the recipe itself switches on.</summary>
public sealed class PlannedTenant(ModuleCatalog modules, CodeRecordTypes types, ContributionList contributions)
{
    static readonly JsonSerializerOptions Reading = new() { PropertyNameCaseInsensitive = true };

    public TenantSnapshot After(RecipeSet recipe, TenantSnapshot now)
    {
        var features = FeaturesAfter(recipe, now.Features);
        return new()
        {
            Tenant = now.Tenant,
            Features = features,
            Settings = new(SettingsAfter(recipe, now.Settings)),
            Types = now.Types.Over(types.All.Where(t => features.Contains(t.Feature)), types.Kinds),
            Contributions = contributions.For(features),
            Rights = now.Rights,
            Identity = now.Identity,
        };
    }

    HashSet<string> FeaturesAfter(RecipeSet recipe, IReadOnlySet<string> now)
    {
        var features = modules.WithDependencies(now);
        foreach (var body in Steps(recipe, "feature").Select(Read).OfType<FeatureBody>()) features = body.ApplyTo(features, modules);
        return features;
    }

    static Dictionary<string, JsonNode?> SettingsAfter(RecipeSet recipe, TenantSettings now)
    {
        var settings = now.Keys.ToDictionary(k => k, k => now[k], StringComparer.Ordinal);
        foreach (var (key, value) in Steps(recipe, "settings").SelectMany(SettingsStep.Settings)) settings[key] = value;
        return settings;
    }

    static IEnumerable<JsonObject> Steps(RecipeSet recipe, string name) =>
        recipe.Steps.Where(s => s.Entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(s => s.Entry.Body);

    /// <summary>A body that cannot be read is reported by its step.</summary>
    static FeatureBody? Read(JsonObject body)
    {
        try
        {
            return body.Deserialize<FeatureBody>(Reading);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
