using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Gate;

static class Axe
{
    static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>The rules whose answer another scheme can change.</summary>
    static readonly AxeRunOptions ColourRules = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    public static async Task<IEnumerable<string>> FindingsAsync(IPage page, string state, bool coloursOnly)
    {
        var result = await page.RunAxe(coloursOnly ? ColourRules : Rules);
        return result.Violations.SelectMany(v => v.Nodes.Select(n => $"{state}: {v.Id}: {n.Any.FirstOrDefault()?.Message ?? v.Help}: {n.Html}"));
    }
}
