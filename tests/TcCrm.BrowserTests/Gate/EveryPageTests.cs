using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace TcCrm.BrowserTests.Gate;

/// <summary>What holds for each page that can be asked for: no barrier, no sideways scroll, no complaint of the browser, no English in Chinese.</summary>
public sealed class EveryPageTests(DemoSite site)
{
    public static bool IsLong => Environment.GetEnvironmentVariable("TCCRM_LONG") == "1";
    /// <summary>While one works on a page: only routes that begin like this.</summary>
    static readonly string Only = Environment.GetEnvironmentVariable("TCCRM_PAGE") ?? "";

    public static TheoryData<string, Sample> Pages()
    {
        var pages = new TheoryData<string, Sample>();
        foreach (var language in IsLong ? new[] { "zh-CN", "en" } : ["zh-CN"])
            foreach (var sample in Samples.All.Where(s => s.Path.StartsWith(Only, StringComparison.Ordinal))) pages.Add(language, sample);
        return pages;
    }

    [Fact]
    public void Every_page_route_has_a_sample()
    {
        var routes = site.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).ToHashSet();

        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(Samples.All.Select(s => s.Route)).Except(Samples.NoPages));
        Assert.Empty(Samples.All.Select(s => s.Route).Concat(Samples.NoPages).Except(routes));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Is_open_to_everybody(string language, Sample sample)
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
        Assert.True(findings.Count == 0, $"{sample.Path}:\n" + string.Join('\n', findings.Distinct()));
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
}
