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

    public static async Task<IEnumerable<string>> FindingsAsync(IPage page, string state)
    {
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"); // colours of the new scheme are there
        var result = await page.RunAxe(Rules);
        return result.Violations.SelectMany(v => v.Nodes.Select(n => $"{state}: {v.Id}: {n.Any.FirstOrDefault()?.Message ?? v.Help}: {n.Html}"));
    }
}
