using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

[Collection(nameof(RecipeTenants))]
public sealed class ContentApiTests(RecipeTenants tenants)
{
    const string Lead = """{ "ContentType": "Lead", "TitlePart": { "Title": "Acme" }, "Lead": { "Amount": { "Value": 25000.50 }, "Own": { "unknown": [1, { "b": null, "a": 2 }] } }, "FarPart": { "z": 1, "a": 2 } }""";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_item_is_added_drafted_published_and_deleted(string engine)
    {
        var (_, client) = await StartAsync(engine);
        var added = await SendAsync(client, HttpMethod.Post, "", Lead);
        var id = (string)added["ContentItemId"]!;
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", id);
        Assert.Equal("""{"Amount":{"Value":25000.50},"Own":{"unknown":[1,{"b":null,"a":2}]}}""", added["Lead"]!.ToJsonString());
        Assert.Equal(("Acme", "boss", true, true), ((string)added["DisplayText"]!, (string)added["Author"]!, (bool)added["Latest"]!, (bool)added["Published"]!));
        Assert.Equal(added.ToJsonString(), (await SendAsync(client, HttpMethod.Get, id)).ToJsonString());

        var draft = await SendAsync(client, HttpMethod.Post, "?draft=true", $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Acme 2" } }""");
        Assert.Equal(("Acme 2", false), ((string)draft["DisplayText"]!, (bool)draft["Published"]!));
        Assert.Equal(25000.50m, (decimal)draft["Lead"]!["Amount"]!["Value"]!);
        Assert.Equal("Acme", (string)(await SendAsync(client, HttpMethod.Get, id))["DisplayText"]!);
        Assert.Equal(draft.ToJsonString(), (await SendAsync(client, HttpMethod.Get, id + "?draft=true")).ToJsonString());

        var live = await SendAsync(client, HttpMethod.Post, "", $$"""{ "ContentItemId": "{{id}}" }""");
        Assert.Equal(draft["ContentItemVersionId"]!.ToString(), live["ContentItemVersionId"]!.ToString());
        Assert.Equal("Acme 2", (string)(await SendAsync(client, HttpMethod.Get, id))["DisplayText"]!);
        await SendAsync(client, HttpMethod.Delete, id);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/content/" + id)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("api/content/" + id)).StatusCode);
    }

    [Fact]
    public async Task The_portable_sample_is_served_as_it_was_written()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var sample = tenant.Catalogue.FindOrOpen(Path.Combine(SourceTree.Root, "tests", "TcCrm.Tests", "Recipes", "portable-sample.recipe.json"))!;
        Assert.True((await tenant.Recipes.RunAsync(tenant.Name, sample, default)).Succeeded);
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        var client = await tenant.Host.ApiClientAsync(tenant.Name, "boss");

        var lead = await SendAsync(client, HttpMethod.Get, "4lead0000000000000000000aa");

        Assert.Equal(["ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "ModifiedUtc", "PublishedUtc", "CreatedUtc", "Owner", "Author", "TitlePart", "Lead"], lead.Select(p => p.Key));
        var account = (string)lead["Lead"]!["Account"]!["ContentItemIds"]![0]!;
        Assert.Equal($$$"""{"Amount":{"Value":25000.5},"CloseDate":{"Value":"2026-12-31T00:00:00Z"},"Hot":{"Value":true},"Account":{"ContentItemIds":["{{{account}}}"]}}""", lead["Lead"]!.ToJsonString());
        Assert.Equal("finance", (string)(await SendAsync(client, HttpMethod.Get, account))["Account"]!["Industry"]!["Text"]!);
        var page = await SendAsync(client, HttpMethod.Get, "?contentType=Lead&size=1");
        Assert.Equal("4lead0000000000000000000aa", (string)page["next"]!);
        page = await SendAsync(client, HttpMethod.Get, "?contentType=Lead&size=1&after=" + page["next"]);
        Assert.Equal(("Small order", null), ((string)page["items"]![0]!["DisplayText"]!, page["next"]));
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var (_, client) = await StartAsync("sqlite");
        await RefusedAsync(client, HttpMethod.Get, "nothing-like-it", null, HttpStatusCode.NotFound, "nothing-like-it");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "ContentType": "Unicorn" }""", HttpStatusCode.BadRequest, "Unicorn");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "TitlePart": {} }""", HttpStatusCode.BadRequest, "ContentType");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "ContentType": "Lead", "ContentItemId": "longer than twenty-six letters" }""", HttpStatusCode.BadRequest, "ContentItemId");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "ContentType": "Lead", "Latest": "x" }""", HttpStatusCode.BadRequest, "Latest");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "A": {}, "A": {} }""", HttpStatusCode.BadRequest, "JSON");
        await RefusedAsync(client, HttpMethod.Post, "", "[]", HttpStatusCode.BadRequest, "JSON");
        await RefusedAsync(client, HttpMethod.Post, "", "{ oops", HttpStatusCode.BadRequest, "1");
        await RefusedAsync(client, HttpMethod.Get, "?size=0", null, HttpStatusCode.BadRequest, "size");
        await RefusedAsync(client, HttpMethod.Post, "", $$"""{ "ContentType": "Lead", "Lead": { "x": "{{new string('x', 4 * 1024 * 1024)}}" } }""", HttpStatusCode.RequestEntityTooLarge, "4194304");
        await SendAsync(client, HttpMethod.Post, "", """{ "ContentItemId": "a", "ContentType": "Lead" }""");
        await RefusedAsync(client, HttpMethod.Post, "", """{ "ContentItemId": "a", "ContentType": "Account" }""", HttpStatusCode.Conflict, "Lead");
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_a_repeated_key_writes_once()
    {
        var (_, client) = await StartAsync("sqlite");
        var first = await PostAsync(client, """{ "ContentItemId": "a", "ContentType": "Lead" }""", null, "key-1");
        var again = await PostAsync(client, """{ "ContentItemId": "a", "ContentType": "Lead" }""", null, "key-1");
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, """{ "ContentItemId": "a" }""", first.Headers.ETag, null)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await PostAsync(client, """{ "ContentItemId": "a" }""", first.Headers.ETag, null)).StatusCode);
    }

    [Fact]
    public async Task Each_right_opens_its_own_door()
    {
        var (tenant, boss) = await StartAsync("sqlite");
        await SendAsync(boss, HttpMethod.Post, "", """{ "ContentItemId": "a", "ContentType": "Lead" }""");
        await SendAsync(boss, HttpMethod.Post, "?draft=true", """{ "ContentItemId": "b", "ContentType": "Lead" }""");
        await SendAsync(boss, HttpMethod.Post, "", """{ "ContentItemId": "c", "ContentType": "Account" }""");
        foreach (var (role, permissions, expected) in new (string, string[], int[])[]
        {
            ("outside", ["ViewContent", "PublishContent", "DeleteContent"], [403, 403, 403, 403, 403, 403, 403]),
            ("nothing", ["AccessContentApi"], [404, 404, 404, 403, 403, 403, 404]),
            ("viewer", ["AccessContentApi", "View_Lead"], [200, 403, 404, 200, 403, 403, 403]),
            ("drafter", ["AccessContentApi", "Edit_Lead"], [200, 200, 404, 200, 200, 403, 403]),
            ("publisher", ["AccessContentApi", "PublishContent"], [200, 200, 200, 200, 200, 200, 403]),
            ("remover", ["AccessContentApi", "Delete_Lead"], [404, 404, 404, 403, 403, 403, 200]),
        })
        {
            await tenant.Host.AddUserAsync(tenant.Name, role, role, permissions);
            var client = await tenant.Host.ApiClientAsync(tenant.Name, role);
            var body = """{ "ContentItemId": "a" }""";
            HttpResponseMessage[] answers =
            [
                await client.GetAsync("api/content/a"), await client.GetAsync("api/content/b?draft=true"), await client.GetAsync("api/content/c"), await client.GetAsync("api/content?contentType=Lead"),
                await client.PostAsync("api/content?draft=true", Json(body)), await client.PostAsync("api/content", Json(body)), await client.DeleteAsync("api/content/a"),
            ];
            Assert.Equal((role, string.Join(' ', expected)), (role, string.Join(' ', answers.Select(a => (int)a.StatusCode))));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await tenant.Host.CreateClient().GetAsync($"/t/{tenant.Name}/api/content/a")).StatusCode);
    }

    async Task<(RecipeTenant Tenant, HttpClient Client)> StartAsync(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");
        await tenant.SucceedAsync("""{ "name": "ContentDefinition", "ContentTypes": [{ "Name": "Lead", "Settings": {} }, { "Name": "Account", "Settings": {} }] }""");
        await tenant.Host.AddUserAsync(tenant.Name, "boss");
        return (tenant, await tenant.Host.ApiClientAsync(tenant.Name, "boss"));
    }

    static async Task<JsonObject> SendAsync(HttpClient client, HttpMethod method, string address, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "api/content" + (address.StartsWith('?') || address.Length == 0 ? "" : "/") + address) { Content = body is null ? null : Json(body) };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {address}: {answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    static async Task<HttpResponseMessage> PostAsync(HttpClient client, string body, EntityTagHeaderValue? version, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/content") { Content = Json(body) };
        if (version is not null) request.Headers.IfMatch.Add(version);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    static async Task RefusedAsync(HttpClient client, HttpMethod method, string address, string? body, HttpStatusCode status, string said)
    {
        using var request = new HttpRequestMessage(method, "api/content" + (address.StartsWith('?') || address.Length == 0 ? "" : "/") + address) { Content = body is null ? null : Json(body) };
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{method} {address}: {answer.StatusCode} {text[..Math.Min(text.Length, 500)]}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(said, text, StringComparison.Ordinal);
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
