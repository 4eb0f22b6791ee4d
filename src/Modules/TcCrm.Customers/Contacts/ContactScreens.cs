namespace TcCrm.Customers;

public sealed class ContactScreens : RecordScreens<Contact>
{
    public ContactScreens()
    {
        Columns(c => c.Name, c => c.CustomerId, c => c.Department, c => c.Position, c => c.Phone, c => c.Email, c => c.IsMain);
        Section("Basics", c => c.CustomerId, c => c.Name, c => c.Department, c => c.Position, c => c.IsMain);
        Section("How to reach them", c => c.Phone, c => c.Email, c => c.PreferredChannels, c => c.ForbiddenChannels, c => c.BestTimeToCall, c => c.Language);
        Section("The person", c => c.Gender, c => c.Birthday, c => c.Hobbies);
        Section("More", c => c.ExternalId, c => c.Remark);
    }
}
