using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>A link in a document leads to a file that is there, and so does every path of ours that it names.</summary>
public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_link_leads_somewhere() =>
        Violations.AssertNone(SourceTree.Files.Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)).SelectMany(DeadLinks));

    [Fact]
    public void Sees_a_dead_link()
    {
        Assert.Equal(2, DeadLinks(new("docs/a.md", "[gone](gone.md) ![picture](pictures/gone.png)")).Count());
        Assert.Single(DeadLinks(new("README.md", "`src/TcCrm.Gone/Program.cs`")));
        Assert.Empty(DeadLinks(new("docs/a.md", "[licence](../LICENSE#top) [web](https://example.org/x) [here](#here) `src/TcCrm.Web/Program.cs`")));
    }

    static IEnumerable<string> DeadLinks(SourceFile document)
    {
        var folder = Path.Combine(SourceTree.Root, Path.GetDirectoryName(document.Path)!);
        var links = Link().Matches(document.Text).Select(match => Path.Combine(folder, match.Groups["path"].Value));
        var named = NamedFile().Matches(document.Text).Select(match => Path.Combine(SourceTree.Root, match.Groups["path"].Value));

        return links.Concat(named).Where(path => !Path.Exists(path))
            .Select(path => $"{document.Path} names {Path.GetRelativePath(SourceTree.Root, path)}").Distinct();
    }

    [GeneratedRegex(@"\]\((?![a-z]+:|#)(?<path>[^)#\s]+)[^)]*\)")]
    private static partial Regex Link();

    // A path with a file name at its end and nothing to fill in.
    [GeneratedRegex(@"`(?<path>(src|tests|bench|eng|docs|recipes)/[\w./-]+\.[a-z]+)`")]
    private static partial Regex NamedFile();
}
