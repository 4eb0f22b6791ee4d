using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace TcCrm.Tests.Api;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Is_read_by_a_standard_reader_without_an_error_and_names_every_type()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "admin");
        var client = await host.ApiClientAsync("acme", "admin");
        await using var stream = new MemoryStream(await client.GetByteArrayAsync("api/v1/openapi.json"));

        var read = await OpenApiDocument.LoadAsync(stream, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Contains("/customers.customer", read.Document!.Paths.Keys);
        Assert.Contains("/customers.contact/{key}", read.Document.Paths.Keys);
    }

    [Fact]
    public async Task Shows_a_user_only_the_types_they_may_see()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "reader", "Readers", "View_customers.contact");
        var client = await host.ApiClientAsync("acme", "reader");

        var document = JsonNode.Parse(await client.GetStringAsync("api/v1/openapi.json"))!;

        Assert.Contains("/customers.contact", document["paths"]!.AsObject().Select(p => p.Key));
        Assert.DoesNotContain("/customers.customer", document["paths"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task The_page_to_try_it_asks_no_other_host()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "admin");
        var client = await host.ClientAsync("acme", "admin");
        var page = await client.GetAsync("api/docs/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Contains("api/v1/openapi.json", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }
}
