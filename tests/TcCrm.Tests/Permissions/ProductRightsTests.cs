using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Tests.Definitions;

namespace TcCrm.Tests.Permissions;

/// <summary>Rights by category and on prices, on products that a company has made itself: one role sells one category, sees its prices and changes none, and knows of no cost.</summary>
public sealed class ProductRightsTests
{
    const string Category = "content.category", Product = "content.product";

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task One_category_is_open_its_prices_are_fixed_and_costs_are_not_there(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        var (phones, cables) = await DefineAsync(chain);
        await chain.EmployAsync("clerk", "North");
        foreach (var right in new[] { RecordRight.View, RecordRight.Edit, RecordRight.Export }) await chain.GrantAsync(RecordPermissions.NameOf(right, Product));
        await chain.AddRowAsync(new RoleReach { RoleId = chain.Role, RecordType = Product, Right = RecordRight.View, Kind = ReachKind.Matching, Details = $"""["Category:eq:{phones}"]""" });
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = Product, Field = "Price", Level = FieldLevel.ReadOnly });
        await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = Product, Field = "Cost", Level = FieldLevel.Hidden });

        using var api = await chain.Host.ApiClientAsync("acme", "clerk");
        var seen = await api.GetFromJsonAsync<JsonElement>($"api/v1/{Product}?sort=title");
        Assert.Equal(["Phone A", "Phone B"], seen.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()));
        var (near, far) = (await IdAsync(chain, "Phone A"), await IdAsync(chain, "Cable"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"api/v1/{Product}/{far}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsJsonAsync($"api/v1/{Product}/{near}", new { title = "Phone A2" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.PatchAsJsonAsync($"api/v1/{Product}/{near}", new { price = 1 })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync($"api/v1/{Product}?filter=cost:gt:1")).StatusCode);

        using var page = await chain.BrowserAsync("clerk");
        foreach (var address in new[] { $"content/product", $"content/product/{near}", "content/product/export?format=csv" })
        {
            var text = await page.GetStringAsync(address);
            Assert.True(text.Contains("1,999", StringComparison.Ordinal) || text.Contains("1999", StringComparison.Ordinal), $"{address} tells no price");
            Assert.False(text.Contains("777.5", StringComparison.Ordinal) || text.Contains("Cable", StringComparison.Ordinal), $"{address} tells too much");
        }
        var form = await page.GetStringAsync($"content/product/{near}/edit");
        Assert.Contains("f.Title", form, StringComparison.Ordinal);
        Assert.False(form.Contains("f.Price", StringComparison.Ordinal) || form.Contains("f.Cost", StringComparison.Ordinal), "a price can be typed");
    }

    static async Task<(Guid Phones, Guid Cables)> DefineAsync(Chain chain)
    {
        TypeDefinition Named(string name, string label, params FieldDefinition[] fields) => new()
        {
            Name = name,
            Icon = "package",
            Labels = new(label, label),
            Plurals = new(label, label + "s"),
            Fields = [MadeSamples.Field("Title", "text") with { IsTitle = true, IsRequired = true, MaxLength = 100 }, .. fields],
        };
        foreach (var type in new[]
        {
            Named(Category, "Category"),
            Named(Product, "Product", MadeSamples.Field("Category", "lookup") with { LookupType = Category }, MadeSamples.Field("Price", "number") with { Scale = 2 }, MadeSamples.Field("Cost", "number") with { Scale = 2 }),
        })
            Assert.Empty(await chain.Host.InAsync("acme", services => services.GetRequiredService<DefineTypes>().SaveAsync(type, null, default)));
        var (phones, cables) = (await AddAsync(chain, Category, ("Title", "Phones")), await AddAsync(chain, Category, ("Title", "Wires")));
        foreach (var (title, category) in new[] { ("Phone A", phones), ("Phone B", phones), ("Cable", cables) })
            await AddAsync(chain, Product, ("Title", title), ("Category", $"{category}"), ("Price", "1999"), ("Cost", "777.5"));
        return (phones, cables);
    }

    static Task<Guid> AddAsync(Chain chain, string type, params (string Name, string Value)[] values) => chain.Host.InAsync("acme", async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var saved = await services.GetRequiredService<RecordStore>().CreateAsync(db.Snapshot.RecordTypes[type], values.ToDictionary(v => v.Name, v => (string?)v.Value), default);
        Assert.Equal(SaveOutcome.Saved, saved.Outcome);
        return saved.Record!.Id;
    });

    static Task<Guid> IdAsync(Chain chain, string title) => chain.Host.InAsync("acme", async services =>
    {
        var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes[Product];
        return (await type.FindByAsync(services.GetRequiredService<CrmDbContext>(), type.Title, [title], right: null, default)).Single().Id;
    });
}
