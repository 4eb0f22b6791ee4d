using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Items;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Recipes;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

[Collection(nameof(RecipeTenants))]
public sealed class ContentStoreTests(RecipeTenants tenants)
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Writers_at_the_same_time_leave_one_newest_and_one_published_version(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => tenant.Host.InAsync(tenant.Name, scope =>
            scope.GetRequiredService<ContentStore>().SaveAsync("a", "T", new JsonObject { ["P"] = new JsonObject { ["by" + i] = true } }, draft: i % 3 == 0, null, default))));

        var rows = await tenant.ReadAsync(db => db.Set<ContentItem>().ToListAsync());
        var latest = Assert.Single(rows, r => r.Latest);
        Assert.Single(rows, r => r.Published);
        Assert.Equal(24, latest.Read()["P"]!.AsObject().Count); // nobody's change is lost
        Assert.Equal(24, await tenant.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Action == "ContentPublished" || e.Action == "ContentDraftSaved")));
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task The_database_itself_takes_no_second_one(string engine, bool latest)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.Contents");
        Task WriteAsync(string item) => tenant.ReadAsync(async db =>
        {
            db.Add(new ContentItem { ContentItemId = item, ContentItemVersionId = ContentIds.New(), ContentType = "T", Json = "{}", Latest = latest, Published = !latest });
            return await db.SaveChangesAsync();
        });
        await WriteAsync("a");
        await WriteAsync("b");
        await Assert.ThrowsAsync<DbUpdateException>(() => WriteAsync("a"));
    }

    [Fact]
    public async Task A_type_without_versions_keeps_no_history()
    {
        var tenant = await tenants.NewAsync("sqlite", "TcCrm.Contents");
        await tenant.SucceedAsync("""{ "name": "ContentDefinition", "ContentTypes": [{ "Name": "T", "Settings": { "ContentTypeSettings": { "Versionable": false } } }] }""");
        foreach (var draft in new[] { false, false, true, false })
            await tenant.Host.InAsync(tenant.Name, scope => scope.GetRequiredService<ContentStore>().SaveAsync("a", "T", [], draft, null, default));

        var item = Assert.Single(await tenant.ReadAsync(db => db.Set<ContentItem>().ToListAsync()));
        Assert.True(item is { Latest: true, Published: true });
    }
}
