using Microsoft.CodeAnalysis.CSharp;

namespace TcCrm.Tests.Architecture;

/// <summary>Code speaks for itself; comments say why. A few get read, many do not. What documents a public type is not counted.</summary>
public sealed class CommentsTests
{
    const double MostOfAProject = 0.06;

    [Fact]
    public void No_project_drowns_in_comments() => Violations.AssertNone(
        from project in SourceTree.Under("src/", ".cs").GroupBy(ProjectOf)
        let share = ShareOf(project)
        where share > MostOfAProject
        select $"{project.Key}: {share:P0} of its lines are comments, more than {MostOfAProject:P0}");

    [Fact]
    public void Counts_lines_of_comment() =>
        Assert.Equal(0.375, ShareOf([new("a.cs", "// why\nclass A\n{\n    /// <summary>What.</summary>\n    /* more\n    and more */\n    string s = \"// no\";\n\n}\n")]));

    static string ProjectOf(SourceFile file) => file.Path.Split('/').First(part => part.StartsWith("TcCrm.", StringComparison.Ordinal));

    static double ShareOf(IEnumerable<SourceFile> files)
    {
        int comments = 0, lines = 0;
        foreach (var text in files.Select(file => file.Text))
        {
            lines += text.Split('\n').Count(line => !string.IsNullOrWhiteSpace(line));
            comments += CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTrivia()
                .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
                .Sum(trivia => trivia.ToFullString().Count(c => c == '\n') + 1);
        }
        return (double)comments / lines;
    }
}
