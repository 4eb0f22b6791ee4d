using System.ComponentModel.DataAnnotations;

namespace TcCrm.Customers;

[Record("customers.contact", Icon = "users")]
public sealed class Contact : Record
{
    [Required, Lookup("customers.customer"), PartOf] public Guid CustomerId { get; set; }
    [PersonalData(Identifies = true), Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [PersonalData, StringLength(100)] public string Department { get; set; } = "";
    [PersonalData, StringLength(100)] public string Position { get; set; } = "";
    public bool IsMain { get; set; }
    [PersonalData(Identifies = true), StringLength(60), Phone, Search] public string Phone { get; set; } = "";
    [PersonalData(Identifies = true), StringLength(254), Email, Search] public string Email { get; set; } = "";
    [MultiChoice(typeof(Channel))] public List<string> PreferredChannels { get; set; } = [];
    [MultiChoice(typeof(Channel))] public List<string> ForbiddenChannels { get; set; } = [];
    [PersonalData, StringLength(100)] public string BestTimeToCall { get; set; } = "";
    public SpokenLanguage? Language { get; set; }
    [PersonalData] public Gender? Gender { get; set; }
    [PersonalData] public DateOnly? Birthday { get; set; }
    [PersonalData, Tags] public List<string> Hobbies { get; set; } = [];
    /// <summary>The contact's id in the system that the data came from: the match key of imports.</summary>
    [PersonalData, StringLength(100), Search] public string ExternalId { get; set; } = "";
    [PersonalData, LongText] public string Remark { get; set; } = "";
}
