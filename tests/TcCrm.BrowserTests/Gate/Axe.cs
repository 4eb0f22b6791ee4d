using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Gate;

/// <summary>axe-core inside the page. The pages have no frames of others, so it is asked directly: its Playwright binding opens one more page for each answer.</summary>
static class Axe
{
    static readonly string Script = new BundledAxeScriptProvider().GetScript();
    static readonly string[] Rules = ["tag", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    /// <summary>The rules whose answer another scheme can change.</summary>
    static readonly string[] ColourRules = ["rule", "color-contrast", "link-in-text-block"];

    public static async Task<IEnumerable<string>> FindingsAsync(IPage page, string state, bool coloursOnly)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Script);
        var findings = await page.EvaluateAsync<string[]>("""
            async ([type, ...values]) => (await axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'] }))
              .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.any[0]?.message ?? v.help}: ${n.html}`))
            """, coloursOnly ? ColourRules : Rules);
        return findings.Select(f => $"{state}: {f}");
    }
}
