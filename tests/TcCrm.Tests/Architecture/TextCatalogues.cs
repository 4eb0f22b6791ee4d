using System.Xml.Linq;

namespace TcCrm.Tests.Architecture;

/// <summary>The resource files of all assemblies as they are on disk.</summary>
public static class TextCatalogues
{
    static readonly Lazy<HashSet<string>> ChineseKeys = new(() => [.. Of("zh-CN").SelectMany(Entries).Select(entry => entry.Name)]);

    public static IReadOnlySet<string> Chinese => ChineseKeys.Value;

    public static IEnumerable<SourceFile> Of(string language) => SourceTree.Under("src/", $"/Resources/Text.{language}.resx");

    public static IEnumerable<(string Name, string Value)> Entries(SourceFile catalogue) =>
        from entry in XDocument.Parse(catalogue.Text).Root!.Elements("data")
        select ((string)entry.Attribute("name")!, entry.Element("value")?.Value ?? "");
}
