using System.Collections.Frozen;

namespace TcCrm.Platform.Recipes;

/// <summary>Steps of Orchard Core 3. Where no feature runs one, the recipe still runs, with a warning.</summary>
static class KnownOrchardSteps
{
    static readonly FrozenSet<string> Names = new[]
    {
        "feature", "themes", "settings", "ContentDefinition", "ReplaceContentDefinition", "DeleteContentDefinition", "content", "Roles", "Users",
        "custom-settings", "custom-user-settings", "WorkflowType", "queries", "AdminMenu", "Layers", "Templates", "AdminTemplates", "ShortcodeTemplates",
        "Placements", "media", "MediaProfiles", "deployment", "recipes", "command", "FeatureProfiles", "CreateOrUpdateIndexProfile", "lucene-index",
        "lucene-index-reset", "lucene-index-rebuild", "elastic-index", "elastic-index-reset", "elastic-index-rebuild", "ElasticIndexSettings",
        "azureai-index-create", "azureai-index-reset", "azureai-index-rebuild", "ResetIndex", "RebuildIndex", "Sitemaps", "UrlRewriting", "Translations",
        "OpenIdApplication", "OpenIdScope", "OpenIdServerSettings", "OpenIdValidationSettings", "OpenIdClientSettings", "FacebookCoreSettings",
        "FacebookLoginSettings", "GitHubAuthenticationSettings", "TwitterSettings", "AzureADSettings", "MicrosoftAccountSettings", "move-attached-media-fields",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) => Names.Contains(name);
}
