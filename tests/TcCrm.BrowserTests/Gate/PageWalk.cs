using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Gate;

/// <summary>Looks at all pages of the gate, a few at the same time: one window alone leaves most of the machine idle.</summary>
public sealed class PageWalk(DemoSite site) : IDisposable
{
    static readonly bool IsLong = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1";
    /// <summary>While one works on a page: only routes that begin like this.</summary>
    static readonly string Only = Environment.GetEnvironmentVariable("TCCRM_PAGE") ?? "";

    readonly SemaphoreSlim _windows = new(2);
    readonly Lock _lock = new();
    Dictionary<(string, Sample), Task<IReadOnlyList<string>>>? _looks;

    public static IEnumerable<(string Language, Sample Sample)> Pages =>
        from language in IsLong ? new[] { "zh-CN", "en" } : ["zh-CN"]
        from sample in Samples.All
        where sample.Path.StartsWith(Only, StringComparison.Ordinal)
        select (language, sample);

    /// <summary>What is wrong with the page. The first question starts the walk over all of them.</summary>
    public Task<IReadOnlyList<string>> FindingsAsync(string language, Sample sample)
    {
        lock (_lock) _looks ??= Pages.ToDictionary(p => p, p => InTurnAsync(p.Language, p.Sample));
        return _looks[(language, sample)];
    }

    async Task<IReadOnlyList<string>> InTurnAsync(string language, Sample sample)
    {
        await _windows.WaitAsync();
        try { return await LookAsync(language, sample); }
        finally { _windows.Release(); }
    }

    async Task<IReadOnlyList<string>> LookAsync(string language, Sample sample)
    {
        var path = await SampleIds.FillAsync(site, sample.Path);
        await using var visitor = await site.VisitAsync(sample.Tenant, sample.User, language);
        var answer = await visitor.GoAsync(path);
        Assert.Equal(sample.Status, answer.Status);
        Assert.Equal(DemoSite.PathOf(sample.Tenant) + path, new Uri(visitor.Page.Url).PathAndQuery);
        await visitor.SettleAsync();
        await visitor.FreezeAsync();

        var findings = new List<string>();
        foreach (var width in new[] { 1440, 390, 320 })
        {
            await visitor.NarrowAsync(width);
            if (await visitor.OverflowAsync() is > 0 and var pixels) findings.Add($"scrolls sideways by {pixels} px at {width}: {await visitor.WidestAsync()}");
            if (width > 320) findings.AddRange(await BarriersAsync(visitor, width));
        }
        if (language == "zh-CN") findings.AddRange(await SentenceScan.EnglishAsync(visitor.Page));
        return findings;
    }

    static async Task<IEnumerable<string>> BarriersAsync(Visitor visitor, int width)
    {
        var light = await Axe.FindingsAsync(visitor.Page, $"{width} light", coloursOnly: false);
        var ink = await visitor.InkAsync();
        await visitor.ShadeAsync(ColorScheme.Dark);
        Assert.NotEqual(ink, await visitor.InkAsync());
        var dark = await Axe.FindingsAsync(visitor.Page, $"{width} dark", coloursOnly: !IsLong);
        await visitor.ShadeAsync(ColorScheme.Light);
        return [.. light, .. dark];
    }

    public void Dispose() => _windows.Dispose();
}
