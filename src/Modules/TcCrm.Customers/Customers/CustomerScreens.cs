namespace TcCrm.Customers;

public sealed class CustomerScreens : RecordScreens<Customer>
{
    public CustomerScreens()
    {
        Columns(c => c.Number, c => c.Name, c => c.Kind, c => c.Segment, c => c.Region, c => c.Phone, c => c.OwnerId, c => c.Tags);
        Section("Basics", c => c.Number, c => c.Name, c => c.Kind, c => c.Segment, c => c.Industry, c => c.Source, c => c.OwnerId, c => c.UnitId, c => c.Tags);
        Section("How to reach them", c => c.Phone, c => c.Email, c => c.Website, c => c.Region, c => c.City, c => c.Address, c => c.Language);
        Section("Registration", c => c.CreditCode, c => c.IdentityCard, c => c.ExternalId);
        Section("The person", c => c.Gender, c => c.Birthday, c => c.IncomeBracket);
        Section("Standing", c => c.EconomicSituation, c => c.Style, c => c.CreditLimit, c => c.AnnualRevenue);
        Section("More", c => c.Remark);
    }
}
