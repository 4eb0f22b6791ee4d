using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TcCrm.Tests.Ui;

/// <summary>What others wrote and we ship is listed, unchanged and named with its licence.</summary>
public sealed partial class ThirdPartyFilesTests
{
    const string Folder = "src/Platform/TcCrm.Ui/wwwroot/lib";
    static readonly string[] OurLists = ["manifest.json", "THIRD-PARTY-NOTICES.txt"];

    [Fact]
    public void Every_file_has_the_listed_hash() => Assert.All(Listed(), file =>
        Assert.Equal(file.GetProperty("integrity").GetString(), "sha384-" + Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(Full(Name(file)))))));

    [Fact]
    public void No_file_is_unlisted() => Assert.Equal(
        Listed().Select(Name).Concat(OurLists).Order(StringComparer.Ordinal),
        Directory.GetFiles(Full("")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_package_is_in_the_notices_with_its_licence()
    {
        var notices = File.ReadAllText(Full("THIRD-PARTY-NOTICES.txt"));
        var sources = Listed().SelectMany(file => file.GetProperty("sources").EnumerateArray()).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.Contains(
            $"{source.GetProperty("package")} {source.GetProperty("version")} ({source.GetProperty("license")})", notices, StringComparison.Ordinal));
    }

    [Fact]
    public void Versions_are_those_the_maintainers_pinned()
    {
        var pinned = Json("tools/frontend/package.json").GetProperty("dependencies");

        Assert.All(Listed().SelectMany(file => file.GetProperty("sources").EnumerateArray()), source =>
            Assert.Equal(pinned.GetProperty(source.GetProperty("package").GetString()!).GetString(), source.GetProperty("version").GetString()));
    }

    [Fact]
    public void The_sprite_has_the_icons_on_the_maintainers_list() => Assert.Equal(
        File.ReadAllText(Path.Combine(SourceTree.Root, "tools/frontend/icons.txt")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        Symbol().Matches(File.ReadAllText(Full("icons.svg"))).Select(match => match.Groups[1].Value));

    static JsonElement[] Listed() => [.. Json(Folder + "/manifest.json").GetProperty("files").EnumerateArray()];

    static string Name(JsonElement file) => file.GetProperty("file").GetString()!;

    static string Full(string file) => Path.Combine(SourceTree.Root, Folder, file);

    static JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, path))).RootElement;

    [GeneratedRegex("<symbol id=\"([^\"]+)\"")]
    private static partial Regex Symbol();
}
