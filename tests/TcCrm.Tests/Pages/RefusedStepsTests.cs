using System.Net;

namespace TcCrm.Tests.Pages;

/// <summary>A refused step is never a failure of the server, whichever page it comes from.</summary>
public sealed class RefusedStepsTests
{
    [Fact]
    public async Task On_a_page_that_catches_nothing_it_is_said_and_the_visitor_stays_where_they_were()
    {
        await using var host = await PagesHost.StartAsync(PagesHost.Fixture);
        using var browser = await host.BrowserOfAsync("admin");
        var posted = await browser.SendFormAsync("fixture/refuse?at=false", null);
        Assert.Equal(HttpStatusCode.Redirect, posted.StatusCode);
        Assert.Equal("/t/demo/fixture/refuse?at=false", posted.Headers.Location?.ToString());
        Assert.Contains("Not this name.", await browser.PageAsync("customers/customer"));

        var asked = await browser.GetAsync("fixture/refuse?at=true");
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        Assert.Contains("Not this name.", await asked.TextAsync());

        using var request = new HttpRequestMessage(HttpMethod.Get, "fixture/refuse?at=true");
        request.Headers.Add("HX-Request", "true");
        var part = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, part.StatusCode);
        Assert.Contains("Not this name.", part.Headers.GetValues("HX-Trigger").Single());
    }

    [Fact]
    public async Task On_a_form_it_stands_at_its_field_and_what_was_typed_stays()
    {
        await using var host = await PagesHost.StartAsync(PagesHost.Fixture);
        using var browser = await host.BrowserOfAsync("admin");
        var refused = await browser.SendFormAsync("customers/customer/new", null, ("f.Name", "Refused"), ("f.City", "Suzhou"));
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains("Not this name.", page);
        Assert.Contains("value=\"Refused\"", page);
        Assert.Contains("value=\"Suzhou\"", page);

        var id = await host.AddAsync("customers.customer", ("Name", "Spruce"));
        var changed = await (await browser.SendFormAsync($"customers/customer/{id}/edit", null, ("f.Name", "Refused"), ("f.City", "Hangzhou"))).TextAsync();
        Assert.Contains("Not this name.", changed);
        Assert.Contains("value=\"Hangzhou\"", changed);
    }
}
