using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;
using TcCrm.Platform.Events;
using TcCrm.Tests.Modules;
using TcCrm.Tests.Recipes;

namespace TcCrm.Tests.Contents;

/// <summary>What reactions of other modules hear of content items.</summary>
public sealed class ContentEventsTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_change_of_an_item_reaches_the_reactions_and_one_that_is_taken_back_does_not(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, modules: ["TcCrm.Tests"]);
        var tenant = new RecipeTenant(host, "news-" + engine);
        await host.CreateTenantAsync(tenant.Name, TestModule.Id, "TcCrm.Contents");
        await tenant.SucceedAsync("""{ "name": "ContentDefinition", "ContentTypes": [{ "Name": "T" }], "ContentParts": [] }, { "name": "content", "Data": [{ "ContentItemId": "imported", "ContentType": "T" }] }""");
        Assert.Equal(["ContentCreated imported", "ContentPublished imported"], await HeardAsync(tenant));

        await StoreAsync(tenant, s => s.SaveAsync("a", "T", [], draft: true, null, default));
        await StoreAsync(tenant, s => s.SaveAsync("a", "T", [], draft: false, null, default));
        await StoreAsync(tenant, s => s.SaveAsync("a", "T", [], draft: true, null, default));
        await StoreAsync(tenant, async s => await s.DiscardDraftAsync((await s.LatestAsync("a", default))!, default));
        await StoreAsync(tenant, async s => await s.UnpublishAsync((await s.LatestAsync("a", default))!, default));
        await StoreAsync(tenant, async s => await s.DeleteAsync((await s.LatestAsync("a", default))!, default));
        Assert.Equal(["ContentCreated a", "ContentDraftSaved a", "ContentUpdated a", "ContentPublished a", "ContentUpdated a", "ContentDraftSaved a", "ContentDraftDiscarded a", "ContentUnpublished a", "ContentDeleted a"], await HeardAsync(tenant));

        await host.InAsync(tenant.Name, async scope =>
        {
            await using var write = await scope.GetRequiredService<CrmDbContext>().BeginWriteAsync(default);
            await scope.GetRequiredService<ContentStore>().SaveAsync("b", "T", new JsonObject(), draft: false, null, default);
        });
        Assert.Empty(await HeardAsync(tenant));
    }

    static Task StoreAsync(RecipeTenant tenant, Func<ContentStore, Task> work) => tenant.Host.InAsync(tenant.Name, scope => work(scope.GetRequiredService<ContentStore>()));

    static async Task<IReadOnlyList<string>> HeardAsync(RecipeTenant tenant)
    {
        for (var waited = 0; waited < 100 && await tenant.ReadAsync(db => db.Set<OutboxEntry>().AnyAsync()); waited++)
        {
            await tenant.Host.Services.GetRequiredService<Dispatcher>().DrainAsync(tenant.Name, default);
            await Task.Delay(20);
        }
        return HearContent.Take(tenant.Name);
    }
}

public sealed class HearContent(Platform.Tenants.TenantContext tenant) : IReaction
{
    static readonly ConcurrentQueue<(string Tenant, string Said)> Heard = new();

    public string On => ContentEvents.Subject + ".*";

    public static IReadOnlyList<string> Take(string tenant)
    {
        var said = new List<string>();
        while (Heard.TryDequeue(out var heard))
            if (heard.Tenant == tenant) said.Add(heard.Said);
        return said;
    }

    public Task RunAsync(RecordEvent happened, CancellationToken cancel)
    {
        Heard.Enqueue((tenant.Snapshot.Tenant.Name, $"{happened.Name} {ContentEvents.Read(happened).ContentItemId}"));
        return Task.CompletedTask;
    }
}
