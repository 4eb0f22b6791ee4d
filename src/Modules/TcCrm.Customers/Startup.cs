using TcCrm.Customers.Demo;

namespace TcCrm.Customers;

public sealed class Startup : StartupBase
{
    const string Group = "Customers and sales";

    public override void Contribute(Contributions contributions) => contributions
        .Add(new MenuItem(Group, "customers.customer.plural", "building", "~/customers/customer", Permission: null, Order: 10))
        .Add(new MenuItem(Group, "customers.contact.plural", "users", "~/customers/contact", Permission: null, Order: 20))
        .Add(new Slot("customers.customer", "figures", "Key figures", "CustomerFigures"))
        .Add(new Slot("customers.customer", "side", "customers.contact.plural", "CustomerContacts", Permission: "View_customers.contact", Order: 10))
        .Add(new Slot("customers.customer", "side", "Personal data", "PersonPanel", Order: 90))
        .Add(new Slot("customers.contact", "side", "Personal data", "PersonPanel", Order: 90))
        .Add<IRecordRule, ChannelIsNotBothPreferredAndForbidden>()
        .Add<IDemoRecords, DemoCustomerRecords>();
}
