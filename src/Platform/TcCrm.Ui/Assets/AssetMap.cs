using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace TcCrm.Ui;

/// <summary>Addresses of static files with their fingerprint, so that browsers keep them for good. A file unknown to the host keeps its plain address.</summary>
public sealed class AssetMap(EndpointDataSource endpoints)
{
    public const string Kit = "TcCrm.Ui";

    readonly Lazy<Dictionary<string, string>> _addresses = new(() => Read(endpoints));

    /// <param name="path">Assembly and file, such as <c>TcCrm.Ui/css/list.css</c>.</param>
    public string this[string path] => _addresses.Value.GetValueOrDefault(path) ?? "/_content/" + path;

    public string Icons => field ??= this[Kit + "/lib/icons.svg"];

    /// <summary>What <c>tc-icon</c> draws, for places that show many.</summary>
    public IHtmlContent Icon(string name, string more = "") =>
        new HtmlString($"<svg class=\"{(more.Length == 0 ? "i" : HtmlEncoder.Default.Encode("i " + more))}\" aria-hidden=\"true\"><use href=\"{Icons}#{HtmlEncoder.Default.Encode(name)}\"></use></svg>");

    static Dictionary<string, string> Read(EndpointDataSource endpoints)
    {
        const string prefix = "_content/";
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var asset in endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<StaticAssetDescriptor>()).OfType<StaticAssetDescriptor>())
            if (asset.Selectors.Count == 0 && Label(asset) is { } label && label.StartsWith(prefix, StringComparison.Ordinal))
                found[label[prefix.Length..]] = "/" + asset.Route;
        return found;
    }

    static string? Label(StaticAssetDescriptor asset) => asset.Properties.FirstOrDefault(p => p.Name == "label")?.Value;
}
