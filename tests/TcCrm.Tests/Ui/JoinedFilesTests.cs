using System.Xml.Linq;
using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

/// <summary>The sheet and the script of every page are joined from parts: none is forgotten, and what they say is known in both languages.</summary>
public sealed class JoinedFilesTests
{
    const string Parts = "src/Platform/TcCrm.Ui/Assets/";

    [Theory]
    [InlineData("SheetName", ".css")]
    [InlineData("ScriptName", ".js")]
    public void Every_part_is_joined_once(string item, string ending)
    {
        var joined = XDocument.Load(Path.Combine(SourceTree.Root, Parts + "join.targets")).Descendants(item).Single().Attribute("Include")!.Value.Split(';');

        Assert.Equal(SourceTree.Under(Parts, ending).Select(file => Path.GetFileNameWithoutExtension(file.Path)), joined.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Backslashes_survive_the_joining()
    {
        var joined = SourceTree.Files.Single(file => file.Path == "src/Platform/TcCrm.Ui/wwwroot/js/tc.js").Text;

        Assert.Contains(@"/^\d{6}$/", joined, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_send_exactly_the_sentences_that_scripts_say() => Assert.Equal(
        SourceTree.Under(Parts, ".js").SelectMany(Architecture.TextKeys.InScript).Select(found => found.Key).Distinct().Order(StringComparer.Ordinal),
        ScriptTexts.Keys.Order(StringComparer.Ordinal));
}
