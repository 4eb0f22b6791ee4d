using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Customers.Demo;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Records;

/// <summary>Enough rows that the plan of a list tells common filters from rare ones.</summary>
public sealed class ListOrderTests
{
    const int Count = 6000;
    const string CommonTag = "常见";
    static readonly string[] Sorts = ["Name", "CreditCode", "-CreditLimit", "-Kind"];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Following_next_to_the_end_gives_the_rows_of_a_plain_filter_and_sort(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.InAsync("acme", FillAsync);
        await host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            await SortsByEveryFieldAsync(db, db.Snapshot.RecordTypes["customers.contact"]);
            await FiltersAndSortsAsync(db, db.Snapshot.RecordTypes["customers.customer"], await SortsByEveryFieldAsync(db, db.Snapshot.RecordTypes["customers.customer"]));
        });
    }

    static async Task<List<Record>> SortsByEveryFieldAsync(CrmDbContext db, RecordType type)
    {
        var all = await WalkAsync(db, type, RecordQuery.All);
        foreach (var field in type.Fields.Where(f => f.Kind.CanSort))
            foreach (var sort in new[] { field.Name, "-" + field.Name })
                Assert.True(InMemory(all, field, sort).SequenceEqual((await WalkAsync(db, type, RecordQuery.All with { Sort = sort })).Select(r => r.Id)), $"{type.Name} sorted by {sort}");
        return all;
    }

    static async Task FiltersAndSortsAsync(CrmDbContext db, RecordType type, List<Record> all)
    {
        foreach (var (filters, matches, least, most) in Filters())
        {
            var matching = all.Where(r => matches((Customer)r)).ToList();
            Assert.InRange(matching.Count, least, most);
            Assert.Equal(matching.Select(r => r.Id), (await WalkAsync(db, type, RecordQuery.All with { Filters = filters })).Select(r => r.Id));
            Assert.Equal(matching.Count, await type.CountAsync(db, RecordQuery.All with { Filters = filters }, Count, default));
            foreach (var sort in Sorts)
                Assert.True(InMemory(matching, type.Find(sort.TrimStart('-'))!, sort).SequenceEqual((await WalkAsync(db, type, RecordQuery.All with { Filters = filters, Sort = sort })).Select(r => r.Id)), $"{string.Join(" & ", filters)} sorted by {sort}");
        }
    }

    static IEnumerable<(FieldFilter[] Filters, Func<Customer, bool> Matches, int Least, int Most)> Filters()
    {
        yield return ([new("Kind", "eq", "Company")], c => c.Kind == CustomerKind.Company, 4200, 5000);
        yield return ([new("Kind", "ne", "Company")], c => c.Kind != CustomerKind.Company, 1000, 1800);
        yield return ([new("Tags", "has", CommonTag)], c => c.Tags.Contains(CommonTag), 4200, 5000);
        yield return ([new("Tags", "has", "续约")], c => c.Tags.Contains("续约"), 300, 1500);
        yield return ([new("CreditLimit", "ge", "0")], c => c.CreditLimit is not null, 2000, 3500);
        yield return ([new("Source", "eq", "few")], c => c.Source == "few", 20, 30);
        yield return ([new("Source", "eq", "few"), new("Kind", "eq", "Company"), new("Tags", "has", CommonTag)], c => c.Source == "few" && c.Kind == CustomerKind.Company && c.Tags.Contains(CommonTag), 5, 25);
        yield return ([new("Kind", "eq", "Company"), new("Tags", "has", CommonTag)], c => c.Kind == CustomerKind.Company && c.Tags.Contains(CommonTag), 3000, 4200);
        yield return ([new FilterGroup(true, [new("Kind", "eq", "Company"), new("Tags", "has", "续约")])], c => c.Kind == CustomerKind.Company || c.Tags.Contains("续约"), 4200, 5500);
    }

    static IEnumerable<Guid> InMemory(IReadOnlyList<Record> rows, Field field, string sort)
    {
        var keyed = rows.Select(r => (r.Id, Key: field.Value(r) is { } value ? field.Kind.Key(value) : null)).ToList();
        var order = Comparer<object?>.Create((a, b) => a is string text ? string.CompareOrdinal(text, (string?)b) : Comparer<object>.Default.Compare(a, b));
        var sorted = keyed.Where(k => k.Key is not null).OrderBy(k => k.Key, order).ThenBy(k => k.Id).Select(k => k.Id);
        var empty = keyed.Where(k => k.Key is null).Select(k => k.Id).Order();
        return sort[0] == '-' ? sorted.Reverse().Concat(empty.Reverse()) : sorted.Concat(empty);
    }

    static async Task<List<Record>> WalkAsync(CrmDbContext db, RecordType type, RecordQuery query)
    {
        var rows = new List<Record>();
        for (Cursor? after = null; rows.Count == 0 || after is not null;)
        {
            var page = await type.ListAsync(db, query with { Size = 200, After = after }, default);
            rows.AddRange(page.Items);
            after = page.Next;
            if (page.Items.Count == 0) break;
        }
        return rows;
    }

    static async Task FillAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<CrmDbContext>();
        var store = services.GetRequiredService<RecordStore>();
        var (customers, contacts) = (db.Snapshot.RecordTypes["customers.customer"], db.Snapshot.RecordTypes["customers.contact"]);
        var random = new Random(7);
        foreach (var some in DemoCustomers.Generate(Count).Index().Chunk(500))
        {
            var saved = await store.SaveManyAsync(customers, [.. some.Select(c => new RecordWrite(null, Varied(c.Item.Fields, c.Index, random)))], default);
            Assert.All(saved, r => Assert.Equal([], r.Problems));
            var persons = some.Zip(saved).Take(50).SelectMany(c => c.First.Item.Contacts.Select(f => new RecordWrite(null, new Dictionary<string, string?>(f) { [nameof(Contact.CustomerId)] = c.Second.Record!.Id.ToString() })));
            Assert.All(await store.SaveManyAsync(contacts, [.. persons], default), r => Assert.Equal([], r.Problems));
        }
    }

    static Dictionary<string, string?> Varied(IReadOnlyDictionary<string, string?> fields, int index, Random random)
    {
        var varied = new Dictionary<string, string?>(fields);
        if (random.Next(10) < 7) varied[nameof(Customer.Kind)] = nameof(CustomerKind.Company);
        if (random.Next(4) > 0) varied[nameof(Customer.Tags)] = string.Join(',', new[] { fields[nameof(Customer.Tags)], CommonTag }.Where(t => t?.Length > 0));
        if (index % (Count / 25) == 0) varied[nameof(Customer.Source)] = "few";
        return varied;
    }
}
