using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Text.RegularExpressions;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Text;

/// <summary>All texts of all assemblies in one table per language; built once at start.</summary>
public sealed partial class TextCatalog : IText
{
    public static readonly IReadOnlyList<CultureInfo> Languages = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];
    readonly FrozenDictionary<string, string> _chinese;
    readonly FrozenDictionary<string, string> _english;

    public TextCatalog(ModuleCatalog modules)
    {
        Assembly[] assemblies = [typeof(TextCatalog).Assembly, typeof(Ui.IShell).Assembly, .. modules.Assemblies];
        _english = Read(assemblies, CultureInfo.InvariantCulture);
        _chinese = Read(assemblies, Languages[0]);
    }

    public string this[string key] => Find(key) ?? (Id().IsMatch(key) ? Humanised(key) : key);

    public string this[string key, params object?[] args] => args.Length == 0 ? this[key] : string.Format(CultureInfo.CurrentCulture, this[key], args);

    public string? Find(string key) => AmbientTenant.Texts is var own && own.Translated(key) is { } translated ? translated
        : (CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" && _chinese.TryGetValue(key, out var text)) || _english.TryGetValue(key, out text) ? text : own.Find(key);

    /// <summary>Whatever a tenant says in its place; null for what only a tenant says.</summary>
    public string? OfProduct(string key, bool chinese) =>
        (chinese && _chinese.TryGetValue(key, out var text)) || _english.TryGetValue(key, out text) ? text : Id().IsMatch(key) && !key.EndsWith(".hint", StringComparison.Ordinal) ? Humanised(key) : null;

    static FrozenDictionary<string, string> Read(IEnumerable<Assembly> assemblies, CultureInfo culture)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assembly in assemblies.Distinct())
        {
            var name = $"{assembly.GetName().Name}.Resources.Text";
            var resources = new ResourceManager(name, assembly);
            try
            {
                if (resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false) is not { } set) continue;
                foreach (System.Collections.DictionaryEntry entry in set) texts.TryAdd((string)entry.Key, (string)entry.Value!);
            }
            catch (MissingManifestResourceException)
            {
                // An assembly without texts of its own in this language.
            }
        }
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary><c>customers.customer.CreditCode</c> → "Credit code".</summary>
    static string Humanised(string id)
    {
        var last = id.EndsWith(".plural", StringComparison.Ordinal) ? id[..^7].Split('.')[^1] + "s" : id.Split('.')[^1];
        var words = WordStart().Replace(last.EndsWith("Id", StringComparison.Ordinal) && last.Length > 2 ? last[..^2] : last, " $0").Trim().ToLowerInvariant();
        return words.Length == 0 ? id : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex(@"^[\w-]+(\.[\w-]+)+$")]
    private static partial Regex Id();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();
}
