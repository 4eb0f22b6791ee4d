using TcCrm.Customers;
using TcCrm.Customers.Demo;
using TcCrm.Platform.Fields.Checks;
using TcCrm.Platform.Regions;

namespace TcCrm.Tests.Customers;

public sealed class DemoCustomersTests
{
    static readonly IReadOnlyList<DemoCustomer> Some = [.. DemoCustomers.Generate(300)];

    [Fact]
    public void The_same_seed_gives_the_same_customers()
    {
        Assert.Equal(Lines(Some), Lines(DemoCustomers.Generate(300)));
        Assert.NotEqual(Lines(Some), Lines(DemoCustomers.Generate(300, seed: 7)));
    }

    [Fact]
    public void Shows_every_kind_and_up_to_three_contacts()
    {
        Assert.Equal(Enum.GetNames<CustomerKind>().Order(), Some.Select(c => c.Fields["Kind"]!).Distinct().Order());
        Assert.Equal([0, 1, 2, 3], Some.Select(c => c.Contacts.Count).Distinct().Order());
    }

    [Fact]
    public void Names_only_fields_of_the_records()
    {
        Assert.All(Some.SelectMany(c => c.Fields.Keys).Distinct(), name => Assert.NotNull(typeof(Customer).GetProperty(name)));
        Assert.All(Some.SelectMany(c => c.Contacts).SelectMany(c => c.Keys).Distinct(), name => Assert.NotNull(typeof(Contact).GetProperty(name)));
    }

    [Fact]
    public void Values_are_in_the_form_in_which_they_are_kept()
    {
        Assert.All(Values("Phone"), phone => Assert.Equal(phone, Phones.TryNormalise(phone)));
        Assert.All(Values("Email"), email => Assert.Equal(email, Emails.TryNormalise(email)));
        Assert.All(Values("CreditCode"), code => Assert.Null(new CreditCodeAttribute().Problem(code)));
        Assert.All(Values("Region"), region => Assert.Equal(DivisionLevel.County, Divisions.Find(region)!.Level));
    }

    [Fact]
    public void Nobody_can_be_reached_or_found_by_them()
    {
        Assert.All(Values("Phone"), phone => Assert.Matches("^\\+86(10|2[0-9]|[3-9][0-9]{2})0[0-9]{7}$", phone));
        Assert.All(Values("Email"), email => Assert.EndsWith(".example", email));
        Assert.All(Values("CreditCode"), code => Assert.Null(Divisions.Find(code[2..8])));
    }

    static IEnumerable<string> Values(string field) =>
        Some.SelectMany(c => c.Contacts.Prepend(c.Fields)).Select(f => f.GetValueOrDefault(field)).OfType<string>().Where(v => v.Length > 0);

    static string Lines(IEnumerable<DemoCustomer> customers) =>
        string.Join('\n', customers.SelectMany(c => c.Contacts.Prepend(c.Fields)).Select(f => string.Join('|', f.Select(v => v.Key + v.Value))));
}
