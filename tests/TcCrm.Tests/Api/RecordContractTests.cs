using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Definitions;

namespace TcCrm.Tests.Api;

/// <summary>What every record type promises over REST, proven for each type that is installed; a new type gets these tests for nothing.</summary>
public sealed class RecordContractTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_type_is_created_read_listed_changed_and_deleted(string engine) => await ForEachTypeAsync(engine, async (api, type, samples) =>
    {
        var created = await api.PostAsync(type.Name, await samples.ValuesAsync(type, 1));
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        var id = created.Body!["id"]!.GetValue<string>();
        Assert.EndsWith($"/api/v1/{type.Name}/{id}", created.Location, StringComparison.Ordinal);

        var read = await api.GetAsync($"{type.Name}/{id}");
        Assert.Equal("\"1\"", read.ETag);
        foreach (var (name, value) in await samples.ValuesAsync(type, 1))
            if (type.Find(name)!.NumberPattern is null) Assert.True(JsonNode.DeepEquals(value, read.Body![name]), $"{type.Name}.{name}: {value?.ToJsonString()} became {read.Body![name]?.ToJsonString()}");

        Assert.Contains((await api.GetAsync($"{type.Name}?size=200")).Body!["items"]!.AsArray(), i => i!["id"]!.GetValue<string>() == id);
        if (type.Number is { } number) Assert.Equal(id, (await api.GetAsync($"{type.Name}/{read.Body![number.ApiName]}")).Body!["id"]!.GetValue<string>());

        var title = type.Title.ApiName;
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.PatchAsync($"{type.Name}/{id}", new() { [title] = "别的" }, "\"9\"")).Status);
        var changed = await api.PatchAsync($"{type.Name}/{id}", new() { [title] = "别的" }, "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "\"2\""), (changed.Status, changed.ETag));

        Assert.Equal(HttpStatusCode.NoContent, (await api.SendAsync(HttpMethod.Delete, $"{type.Name}/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"{type.Name}/{id}")).Status);
    });

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_field_filters_and_sorts_and_bad_ones_are_named(string engine) => await ForEachTypeAsync(engine, async (api, type, samples) =>
    {
        var created = await api.PostAsync(type.Name, await samples.ValuesAsync(type, 2));
        foreach (var field in type.Fields)
        {
            if (field.Kind.CanSort)
                foreach (var sort in new[] { field.ApiName, "-" + field.ApiName }) Assert.Equal(HttpStatusCode.OK, (await api.GetAsync($"{type.Name}?sort={sort}")).Status);
            foreach (var op in field.Kind.Operators.Where(o => o is "eq" or "has"))
            {
                var value = Samples.FilterText(field, created.Body![field.ApiName]);
                var asked = value.Length > 0 ? $"{op}:{Uri.EscapeDataString(value)}" : "empty:true"; // the first of its type points to no other
                var found = await api.GetAsync($"{type.Name}?filter={field.ApiName}:{asked}");
                Assert.True(found.Status == HttpStatusCode.OK && found.Body!["items"]!.AsArray().Count > 0, $"{type.Name}.{field.Name} {asked}: {found.Text}");
            }
            var refused = await api.GetAsync($"{type.Name}?filter={field.ApiName}:nonsense:1");
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains(field.ApiName, refused.Text, StringComparison.Ordinal);
        }
        var unknown = await api.GetAsync($"{type.Name}?filter=nowhere:eq:1");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.Contains("nowhere", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync($"{type.Name}?sort=nowhere")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync($"{type.Name}?after=nonsense")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync($"{type.Name}?size=201")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("nowhere.nothing")).Status);
    });

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_repeated_write_with_its_key_happens_once(string engine) => await ForEachTypeAsync(engine, async (api, type, samples) =>
    {
        var values = await samples.ValuesAsync(type, 3);
        var before = (await api.GetAsync($"{type.Name}?size=200")).Body!["items"]!.AsArray().Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.SendAsync(HttpMethod.Post, type.Name, values.DeepClone(), idempotencyKey: "order-7 " + type.Name)));
        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, answers[0].Text), (a.Status, a.Text)));
        Assert.Equal(before + 1, (await api.GetAsync($"{type.Name}?size=200")).Body!["items"]!.AsArray().Count);
        values[type.Title.ApiName] = "anders";
        Assert.Equal(HttpStatusCode.Conflict, (await api.SendAsync(HttpMethod.Post, type.Name, values, idempotencyKey: "order-7 " + type.Name)).Status);
    });

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Bulk_is_all_or_each(string engine) => await ForEachTypeAsync(engine, async (api, type, samples) =>
    {
        var good = new JsonObject { ["values"] = await samples.ValuesAsync(type, 4) };
        var bad = new JsonObject { ["values"] = new JsonObject { [type.Title.ApiName] = "" } };
        var before = (await api.GetAsync($"{type.Name}?size=200")).Body!["items"]!.AsArray().Count;
        var all = await api.PostAsync(type.Name + "/bulk", new JsonObject { ["mode"] = "all", ["items"] = new JsonArray(good.DeepClone(), bad.DeepClone()) });
        Assert.Equal((HttpStatusCode.Conflict, 0), (all.Status, all.Body!["applied"]!.GetValue<int>()));
        var each = await api.PostAsync(type.Name + "/bulk", new JsonObject { ["mode"] = "each", ["items"] = new JsonArray(bad, good) });
        Assert.Equal((HttpStatusCode.OK, 1), (each.Status, each.Body!["applied"]!.GetValue<int>()));
        Assert.Equal(before + 1, (await api.GetAsync($"{type.Name}?size=200")).Body!["items"]!.AsArray().Count);
    });

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Without_the_right_a_type_does_not_exist_and_nothing_is_written(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await MadeSamples.DefineAsync(host, "acme");
        var types = await TypesOfAsync(host);
        await host.AddUserAsync("acme", "outsider", "Visitors");
        await host.AddUserAsync("acme", "reader", "Readers", [.. types.Select(t => "View_" + t.Name)]);
        foreach (var type in types)
        {
            var outsider = new ApiCaller(await host.ApiClientAsync("acme", "outsider"));
            Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(type.Name)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync(type.Name, new JsonObject())).Status);
            var reader = new ApiCaller(await host.ApiClientAsync("acme", "reader"));
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(type.Name)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync(type.Name, new JsonObject { [type.Title.ApiName] = "x" })).Status);
        }
    }

    [Fact]
    public async Task Types_and_records_have_names_in_both_languages()
    {
        await using var host = await TestHost.StartAsync();
        var text = host.Services.GetRequiredService<IText>();
        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
        foreach (var type in TypesOf(host))
            foreach (var key in type.Fields.Select(f => f.LabelKey).Concat(type.Fields.SelectMany(f => f.Choices.Select(f.ChoiceKey))).Append(type.Name).Append(type.PluralKey))
                Assert.True(text.Find(key) is { } found && found.Any(c => c is >= '一' and <= '鿿' || char.IsAsciiLetterUpper(c)), $"{key} has no Chinese text");
    }

    static async Task ForEachTypeAsync(string engine, Func<ApiCaller, RecordType, Samples, Task> check)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "admin");
        await host.CreateTenantAsync("other");
        await host.AddUserAsync("other", "admin");
        foreach (var tenant in new[] { "acme", "other" }) await MadeSamples.DefineAsync(host, tenant);
        var api = new ApiCaller(await host.ApiClientAsync("acme", "admin"));
        var other = new ApiCaller(await host.ApiClientAsync("other", "admin"));
        foreach (var type in await TypesOfAsync(host))
        {
            await check(api, type, new Samples(api, host));
            Assert.Empty((await other.GetAsync(type.Name)).Body!["items"]!.AsArray());
        }
    }

    /// <summary>Those of modules, with a field that the tenant has added, and one that it has made.</summary>
    static Task<List<RecordType>> TypesOfAsync(TestHost host) => host.InAsync("acme", services => Task.FromResult(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes.Values.ToList()));

    static List<RecordType> TypesOf(TestHost host) => [.. host.Services.GetRequiredService<CodeRecordTypes>().All];
}
