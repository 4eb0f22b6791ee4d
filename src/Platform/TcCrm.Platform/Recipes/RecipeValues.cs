using Microsoft.Extensions.Configuration;

namespace TcCrm.Platform.Recipes;

/// <summary>
/// What <c>parameters('…')</c> and <c>configuration('…')</c> can see. Configuration is one section made for recipes:
/// whoever may run a recipe must not read the host's connection strings through it.
/// </summary>
public sealed class RecipeValues(IReadOnlyDictionary<string, string> parameters, IConfiguration configuration)
{
    public const string ConfigurationSection = "TcCrm:Recipes:Values";

    static readonly string[] Standard = ["AdminUserId", "AdminUsername", "AdminEmail", "SiteName", "DatabaseProvider", "DatabaseTablePrefix"];
    static readonly string[] Secret = ["AdminPassword", "DatabaseConnectionString"];

    readonly Dictionary<string, string> _parameters = new(parameters, StringComparer.OrdinalIgnoreCase);
    readonly IConfigurationSection _configuration = configuration.GetSection(ConfigurationSection);

    /// <summary>Values for a check without a tenant: each parameter stands for itself.</summary>
    public static RecipeValues ForCheck(IConfiguration configuration) => new(Standard.ToDictionary(n => n, n => n), configuration);

    public static bool IsSecret(string parameter) => Secret.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    public string? Parameter(string name) =>
        _parameters.GetValueOrDefault(name) ?? (Standard.Contains(name, StringComparer.OrdinalIgnoreCase) ? "" : null);

    public string? Configuration(string key) => _configuration[key.Replace("__", ":", StringComparison.Ordinal)];
}
