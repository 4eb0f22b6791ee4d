using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Definitions;

/// <summary>Definitions that change while there are records: what is said before, and what a job does afterwards.</summary>
public sealed class ChangedValuesTests
{
    const string Name = "content.part";

    static readonly TypeDefinition Part = new()
    {
        Name = Name,
        Labels = new("备件", "Part"),
        Fields =
        [
            MadeSamples.Field("Title", "text") with { IsTitle = true, IsSearched = true }, MadeSamples.Field("Weight", "text"), MadeSamples.Field("Colour", "text"), MadeSamples.Field("Note", "text"),
            MadeSamples.Field("Price", "money"), MadeSamples.Field("Pieces", "number"),
            MadeSamples.Field("State", "choice") with { Options = [new("new", new("新", "New")), new("used", new("旧", "Used")), new("worn", new("破", "Worn"))] },
            MadeSamples.Field("Marks", "multi-choice") with { Options = [new("a", new("甲", "A")), new("b", new("乙", "B"))] },
        ],
    };

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Records_follow_their_definition_and_nothing_is_lost(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, runsJobs: false);
        await host.CreateTenantAsync("acme");
        await SaveAsync(host, Part, null);
        await FillAsync(host);
        await OtherKindAsync(host);
        await OtherChoicesAsync(host);
        await FormulaAsync(host);
        await GoneAndBackAsync(host);
        await GoneForGoodAsync(host);
    }

    static async Task OtherKindAsync(TestHost host)
    {
        var wish = Changed(await ReadAsync(host), f => f.Name switch
        {
            "Weight" => f with { Kind = "number", Scale = 1 },
            "Colour" => f with { Kind = "choice", Options = [new("red", new("红", "Red")), new("blue", new("蓝", "Blue"))] },
            "Marks" => f with { Kind = "tags", Options = [] },
            _ => f,
        });
        var concerned = await host.InAsync("acme", async services => await services.GetRequiredService<Consequences>().OfAsync(wish, await StoredAsync(services), default));
        Assert.Equal(["Weight 2", "Weight 1 heavy", "Colour 2", "Colour 1 green", "Marks 2"], concerned.Select(c => $"{c.Field.Name} {c.Count} {string.Join(' ', c.Examples)}".TrimEnd()));

        var versions = await ListAsync(host, (r, _) => r.Version);
        await SaveAsync(host, wish, null);
        Assert.Equal(["", "", ""], await ListAsync(host, (r, t) => t.Find("Weight")!.Text(r)));
        await Assert.ThrowsAsync<BusinessRuleException>(() => SaveAsync(host, Changed(wish, f => f.Name == "Note" ? f with { Kind = "number" } : f), null));
        await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Job>().Where(j => j.Kind == "ChangeValues").ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Failed)));
        await DrainAsync(host);
        Assert.NotEmpty((await ReadAsync(host)).Pending);
        await SaveAsync(host, await ReadAsync(host), null); // nothing else has changed: what failed is tried again
        await DrainAsync(host);
        await DrainAsync(host);
        Assert.Equal(["12.5", "3.0", ""], await ListAsync(host, (r, t) => t.Find("Weight")!.Text(r)));
        Assert.Equal(["red", "blue", ""], await ListAsync(host, (r, t) => t.Find("Colour")!.Text(r)));
        Assert.Equal(["甲,乙", "乙", ""], await ListAsync(host, (r, t) => t.Find("Marks")!.Text(r)));
        Assert.All((await ListAsync(host, (r, _) => r.Version)).Take(2).Zip(versions), v => Assert.Equal(v.Second + 1, v.First));
        Assert.Equal(1, await CountAsync(host, "Marks", "has", "甲"));
        Assert.Equal(0, await CountAsync(host, "Marks", "has", "a"));
        var after = await ReadAsync(host);
        Assert.Equal((2, 1), (after.Followed!.Changed, after.Followed.Unfit));
        Assert.Empty(after.Pending);
        Assert.Equal(["Colour", "Marks", "Weight"], after.Removed.Select(r => r.Field.Name).Order());
    }

    static async Task OtherChoicesAsync(TestHost host)
    {
        var wish = Changed(await ReadAsync(host), f => f.Name switch { "State" => f with { Options = [f.Options[0]] }, "Note" => f with { IsRequired = true }, _ => f });
        var concerned = await host.InAsync("acme", async services => await services.GetRequiredService<Consequences>().OfAsync(wish, await StoredAsync(services), default));
        Assert.Equal(["Note Fill", "State Replace used", "State Replace worn"], concerned.Select(c => $"{c.Field.Name} {c.Remedy!.Kind} {c.Remedy.Old}".TrimEnd()).Order(StringComparer.Ordinal));
        await SaveAsync(host, wish, concerned.Select(c => c.Remedy! with { New = c.Remedy.Old switch { "used" => "new", null => "none", _ => null } }));
        await DrainAsync(host);
        Assert.Equal(["new", "new", ""], await ListAsync(host, (r, t) => t.Find("State")!.Text(r)));
        Assert.Equal(["none", "none", "none"], await ListAsync(host, (r, t) => t.Find("Note")!.Text(r)));
        var told = await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().CountAsync(a => a.RecordType == Name && a.Action == "Updated"));
        Assert.Equal(3, told);
    }

    static async Task FormulaAsync(TestHost host)
    {
        var wish = await ReadAsync(host);
        wish = wish with { Fields = [.. wish.Fields, MadeSamples.Field("Sum", "money") with { Formula = "Price * Pieces" }, MadeSamples.Field("Label", "text") with { Formula = "Title & if(Sum > 20, '!', '')" }] };
        Assert.Equal(["Sum", "Label"], (await ProblemsAsync(host, Changed(wish, f => f.Name == "Sum" ? f with { Formula = "Sum + 1" } : f))).Where(p => p.Key == "The formula needs its own result, directly or by way of others.").Select(p => p.Field));
        Assert.Contains("There is no field '{0}' that a formula can use.", (await ProblemsAsync(host, wish with { Fields = [.. wish.Fields.Where(f => f.Name != "Pieces")] })).Select(p => p.Key));
        await SaveAsync(host, wish, null);
        await DrainAsync(host);
        Assert.Equal(["25.00 CNY", "", ""], await ListAsync(host, (r, t) => t.Find("Sum")!.Text(r)));
        Assert.Equal(["Wheel!", "Axle", "Bolt"], await ListAsync(host, (r, t) => t.Find("Label")!.Text(r)));
        await host.InAsync("acme", async services =>
        {
            var (store, type, db) = (services.GetRequiredService<RecordStore>(), Type(services), services.GetRequiredService<CrmDbContext>());
            var axle = (await type.ListAsync(db, RecordQuery.All with { Filters = [new("Title", "eq", "Axle")] }, default)).Items.Single();
            var saved = await store.UpdateAsync(type, axle.Id, null, new Dictionary<string, string?> { ["Price"] = "0.335 USD", ["Pieces"] = "3" }, default);
            Assert.Equal(SaveOutcome.Invalid, saved.Outcome);
            db.ChangeTracker.Clear();
            await store.UpdateAsync(type, axle.Id, null, new Dictionary<string, string?> { ["Price"] = "0.33 USD", ["Pieces"] = "3" }, default);
            Assert.Equal("read-only", (await store.UpdateAsync(type, axle.Id, null, new Dictionary<string, string?> { ["Sum"] = "5" }, default)).Problems.Single().Code);
        });
        Assert.Contains("0.99 USD", await ListAsync(host, (r, t) => t.Find("Sum")!.Text(r)));
        Assert.Equal(1, await CountAsync(host, "Sum", "gt", "20"));
    }

    static async Task GoneAndBackAsync(TestHost host)
    {
        var stored = await ReadAsync(host);
        await SaveAsync(host, stored with { Fields = [.. stored.Fields.Where(f => f.Name != "Marks")] }, null);
        await DrainAsync(host);
        Assert.Equal(0, await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<MultiValue>().CountAsync(v => v.RecordType == Name)));
        var without = await ReadAsync(host);
        var marks = without.Removed.Select(r => r.Field).Last(f => f.Name == "Marks");
        await SaveAsync(host, without with { Fields = [.. without.Fields, marks, without.Removed.First(r => r.Field.Name == "Weight").Field with { Name = "OldWeight" }] }, null);
        await DrainAsync(host);
        Assert.Equal(["甲,乙", "乙", ""], await ListAsync(host, (r, t) => t.Find("Marks")!.Text(r)));
        Assert.Equal(1, await CountAsync(host, "Marks", "has", "甲"));
        Assert.Equal(["12.50", "3", "heavy"], await ListAsync(host, (r, t) => t.Find("OldWeight")!.Text(r)));
        Assert.Equal(1, await CountAsync(host, "OldWeight", "eq", "heavy"));
    }

    static async Task GoneForGoodAsync(TestHost host)
    {
        var stored = await ReadAsync(host);
        await host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            var row = await db.Set<StoredDefinition>().FirstAsync(d => d.Name == Name);
            row.Json = (stored with { Removed = [.. stored.Removed.Select(r => r with { At = r.At.AddDays(-31) })] }).ToJson();
            await db.SaveChangesAsync();
            await services.GetRequiredService<ITenantCatalogue>().Of<IPeriodicJob>().Single(j => j.Name == "erase-removed-fields").RunAsync(default);
        });
        Assert.Empty((await ReadAsync(host)).Removed);
        var slots = stored.Removed.Select(r => r.Field.SlotName).ToList();
        Assert.NotEmpty(slots);
        foreach (var made in await ListAsync(host, (r, _) => r.Made)) Assert.DoesNotContain(slots, s => made?.Contains($"\"{s}\"", StringComparison.Ordinal) == true);
        Assert.Equal(["12.50", "3", "heavy"], await ListAsync(host, (r, t) => t.Find("OldWeight")!.Text(r)));
    }

    static Task FillAsync(TestHost host) => host.InAsync("acme", async services =>
    {
        foreach (var values in new Dictionary<string, string?>[]
        {
            new() { ["Title"] = "Wheel", ["Weight"] = "12.50", ["Colour"] = "Red", ["State"] = "used", ["Marks"] = "a,b", ["Price"] = "12.50", ["Pieces"] = "2" },
            new() { ["Title"] = "Axle", ["Weight"] = "3", ["Colour"] = "蓝", ["State"] = "new", ["Marks"] = "b" },
            new() { ["Title"] = "Bolt", ["Weight"] = "heavy", ["Colour"] = "green", ["State"] = "worn", ["Price"] = "1" },
        })
            Assert.Equal(SaveOutcome.Saved, (await services.GetRequiredService<RecordStore>().CreateAsync(Type(services), values, default)).Outcome);
    });

    static RecordType Type(IServiceProvider services) => services.GetRequiredService<TenantContext>().Snapshot.RecordTypes[Name];

    static async Task<TypeDefinition> StoredAsync(IServiceProvider services) => TypeDefinition.Read((await services.GetRequiredService<DefineTypes>().FindAsync(Name, default))!.Json);

    static Task<TypeDefinition> ReadAsync(TestHost host) => host.InAsync("acme", StoredAsync);

    static TypeDefinition Changed(TypeDefinition definition, Func<FieldDefinition, FieldDefinition> change) => definition with { Fields = [.. definition.Fields.Select(change)] };

    static Task<IReadOnlyList<RecordProblem>> ProblemsAsync(TestHost host, TypeDefinition wish) => host.InAsync("acme", services => Task.FromResult(services.GetRequiredService<DefineTypes>().ProblemsOf(wish)));

    static Task SaveAsync(TestHost host, TypeDefinition wish, IEnumerable<ValueChange>? answers) => host.InAsync("acme", async services =>
    {
        var version = (await services.GetRequiredService<DefineTypes>().FindAsync(Name, default))?.Version;
        Assert.Empty(await services.GetRequiredService<DefineTypes>().SaveAsync(wish, version, [.. answers ?? []], default));
    });

    static Task DrainAsync(TestHost host) => host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default);

    static Task<List<T>> ListAsync<T>(TestHost host, Func<Record, RecordType, T> value) => host.InAsync("acme", async services =>
        (await Type(services).ListAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All, default)).Items.OrderBy(r => r.Id).Select(r => value(r, Type(services))).ToList());

    static Task<int> CountAsync(TestHost host, string field, string op, string value) => host.InAsync("acme", services =>
        Type(services).CountAsync(services.GetRequiredService<CrmDbContext>(), RecordQuery.All with { Filters = [new FieldFilter(field, op, value)] }, 100, default));
}
