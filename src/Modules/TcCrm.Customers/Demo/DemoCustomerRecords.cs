namespace TcCrm.Customers.Demo;

/// <summary>Lets recipes fill a tenant with invented customers and their contacts.</summary>
public sealed class DemoCustomerRecords : IDemoRecords
{
    public string RecordType => "customers.customer";
    public string Match => nameof(Customer.ExternalId);

    public IEnumerable<DemoRecord> Make(int count, int seed) => DemoCustomers.Generate(count, seed).Select(made =>
        new DemoRecord(made.Fields) { Children = [.. made.Contacts.Select(contact => new DemoChild("customers.contact", nameof(Contact.CustomerId), contact))] });
}
