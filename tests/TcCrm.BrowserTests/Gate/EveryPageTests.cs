using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.BrowserTests.Gate;

/// <summary>What holds for each page that can be asked for: no barrier, no sideways scroll, no complaint of the browser, no English in Chinese.</summary>
public sealed class EveryPageTests(DemoSite site, PageWalk walk) : IClassFixture<PageWalk>
{
    public static TheoryData<string, Sample> Pages()
    {
        var pages = new TheoryData<string, Sample>();
        foreach (var (language, sample) in PageWalk.Pages) pages.Add(language, sample);
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
        var findings = await walk.FindingsAsync(language, sample);
        Assert.True(findings.Count == 0, $"{sample.Path}:\n" + string.Join('\n', findings.Distinct()));
    }
}
