using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Definitions;

namespace TcCrm.Tests.Definitions;

/// <summary>A type with a field of every kind, and fields added to a type of a module.</summary>
static class MadeSamples
{
    public const string Lead = "content.lead";

    public static TypeDefinition Type => new()
    {
        Name = Lead,
        Icon = "target",
        Labels = new("线索", "Lead"),
        Plurals = new("线索", "Leads"),
        Fields =
        [
            Field("Company", "text") with { IsTitle = true, IsSearched = true, IsRequired = true, MaxLength = 100 },
            Field("Story", "long-text"), Field("Price", "number") with { Scale = 3 }, Field("Pieces", "number"), Field("Worth", "money"), Field("Due", "date"),
            Field("Called", "moment"), Field("Hot", "yes-no"), Field("Tags", "tags"), Field("Customer", "lookup") with { LookupType = "customers.customer" },
            Field("Seller", "user"), Field("Phone", "phone"), Field("Mail", "email"), Field("Place", "region"),
            Field("Stage", "choice") with { Options = [new("open", new("进行中", "Open")), new("won", new("赢单", "Won"))] },
            Field("Wants", "multi-choice") with { Options = [new("a", new("甲", "A")), new("b", new("乙", "B"))] },
        ],
    };

    public static TypeDefinition OfCustomers => new() { Name = "customers.customer", Fields = [Field("Discount", "number") with { Scale = 2 }, Field("Nickname", "text") with { IsSearched = true }] };

    public static FieldDefinition Field(string name, string kind) => new() { Name = name, Kind = kind, Labels = new(name + "栏", name) };

    public static async Task DefineAsync(TestHost host, string tenant)
    {
        foreach (var definition in new[] { Type, OfCustomers })
            Assert.Empty(await host.InAsync(tenant, services => services.GetRequiredService<DefineTypes>().SaveAsync(definition, null, default)));
    }
}
