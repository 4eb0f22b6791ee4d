using Ganss.Xss;
using Markdig;

namespace TcCrm.Contents.Editing;

/// <summary>Bodies of content as a page shows them: text, tables, links and pictures; nothing that acts, and no styles of their own.</summary>
static class SafeHtml
{
    static readonly HtmlSanitizer Sanitizer = new(new HtmlSanitizerOptions
    {
        AllowedTags = Set("""
            p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td blockquote pre code kbd a img strong b em i u s sub sup small mark del ins
            span div section article header footer main figure figcaption abbr cite q time
            """),
        AllowedAttributes = Set("href src alt title colspan rowspan lang datetime"),
        UriAttributes = Set("href src"),
        AllowedSchemes = Set("http https mailto tel"),
    });

    static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().DisableHtml().Build();

    public static string OfHtml(string html) => Sanitizer.Sanitize(html);

    public static string OfMarkdown(string markdown) => OfHtml(Markdig.Markdown.ToHtml(markdown, Markdown));

    static HashSet<string> Set(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
