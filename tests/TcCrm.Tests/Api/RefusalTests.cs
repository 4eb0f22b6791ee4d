using System.Net;
using System.Text;
using System.Text.Json;

namespace TcCrm.Tests.Api;

/// <summary>Requests that make no sense get an answer that says why, as problem details.</summary>
public sealed class RefusalTests
{
    const string Customers = "api/v1/customers.customer";

    [Fact]
    public async Task What_is_not_json_is_an_unsupported_type_and_malformed_json_is_told_its_line()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync("acme", "boss");
        foreach (var address in new[] { Customers, Customers + "/bulk", Customers + "/query" })
        {
            await RefusedAsync(client, HttpMethod.Post, address, null, HttpStatusCode.UnsupportedMediaType, "application/json");
            await RefusedAsync(client, HttpMethod.Post, address, new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded"), HttpStatusCode.UnsupportedMediaType, "application/x-www-form-urlencoded");
            await RefusedAsync(client, HttpMethod.Post, address, Json("{\n  \"name\": \"x\",\n  oops\n}"), HttpStatusCode.BadRequest, "3");
            await RefusedAsync(client, HttpMethod.Post, address, Json("[1]"), HttpStatusCode.BadRequest, "JSON");
            await RefusedAsync(client, HttpMethod.Post, address, Json(""), HttpStatusCode.BadRequest, "JSON");
        }
        await RefusedAsync(client, HttpMethod.Post, Customers + "/bulk", Json("""{ "items": [1] }"""), HttpStatusCode.BadRequest, "JSON");
        await RefusedAsync(client, HttpMethod.Patch, Customers + "/" + Guid.CreateVersion7(), Json("oops"), HttpStatusCode.NotFound, "");
    }

    [Fact]
    public async Task What_is_not_known_is_named()
    {
        await using var host = await StartAsync();
        using var client = await host.ApiClientAsync("acme", "boss");
        await RefusedAsync(client, HttpMethod.Get, "api/v1/customers.unicorn", null, HttpStatusCode.NotFound, "customers.unicorn");
        await RefusedAsync(client, HttpMethod.Post, Customers, Json("""{ "name": "x", "horns": 1 }"""), HttpStatusCode.BadRequest, "horns");
        await RefusedAsync(client, HttpMethod.Get, Customers + "?filter=horns:eq:1", null, HttpStatusCode.BadRequest, "horns");
        await RefusedAsync(client, HttpMethod.Get, Customers + "?filter=name:near:x", null, HttpStatusCode.BadRequest, "near");
        await RefusedAsync(client, HttpMethod.Get, Customers + "?sort=horns", null, HttpStatusCode.BadRequest, "horns");
        await RefusedAsync(client, HttpMethod.Get, Customers + "?fields=horns", null, HttpStatusCode.BadRequest, "horns");
        await RefusedAsync(client, HttpMethod.Post, Customers + "/query", Json("""{ "filter": { "field": "horns", "value": "1" } }"""), HttpStatusCode.BadRequest, "horns");
    }

    [Fact]
    public async Task A_person_who_is_not_signed_in_is_led_from_the_page_of_the_api_to_the_sign_in_and_a_program_is_not()
    {
        await using var host = await StartAsync();
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Equal("/t/acme/sign-in?returnUrl=%2Ft%2Facme%2Fapi%2Fdocs", (await client.GetAsync("/t/acme/api/docs")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/t/acme/" + Customers)).StatusCode);
    }

    [Fact]
    public async Task A_refused_step_is_a_conflict_with_its_reason()
    {
        await using var host = await StartAsync("Sample.Fixture");
        using var client = await host.ApiClientAsync("acme", "boss");
        await RefusedAsync(client, HttpMethod.Post, Customers, Json("""{ "name": "Refused" }"""), HttpStatusCode.Conflict, "Not this name.");
    }

    static async Task<TestHost> StartAsync(params string[] modules)
    {
        var host = await TestHost.StartAsync(modules: modules);
        await host.CreateTenantAsync("acme", ["TcCrm.Customers", .. modules]);
        await host.AddUserAsync("acme", "boss");
        return host;
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    static async Task RefusedAsync(HttpClient client, HttpMethod method, string address, HttpContent? content, HttpStatusCode status, string said)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd("en");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{method} {address}: {answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal((int)status, JsonDocument.Parse(text).RootElement.GetProperty("status").GetInt32());
    }
}
