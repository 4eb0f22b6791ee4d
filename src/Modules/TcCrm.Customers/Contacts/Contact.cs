using System.ComponentModel.DataAnnotations;

namespace TcCrm.Customers;

[Record("customers.contact", Icon = "users")]
public sealed class Contact : Record
{
    [Required, Lookup("customers.customer"), PartOf] public Guid CustomerId { get; set; }
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [StringLength(100)] public string Department { get; set; } = "";
    [StringLength(100)] public string Position { get; set; } = "";
    public bool IsMain { get; set; }
    [StringLength(60), Phone, Search] public string Phone { get; set; } = "";
    [StringLength(254), Email, Search] public string Email { get; set; } = "";
    [MultiChoice(typeof(Channel))] public List<string> PreferredChannels { get; set; } = [];
    [MultiChoice(typeof(Channel))] public List<string> ForbiddenChannels { get; set; } = [];
    [StringLength(100)] public string BestTimeToCall { get; set; } = "";
    public SpokenLanguage? Language { get; set; }
    public Gender? Gender { get; set; }
    public DateOnly? Birthday { get; set; }
    [Tags] public List<string> Hobbies { get; set; } = [];
    /// <summary>The contact's id in the system that the data came from: the match key of imports.</summary>
    [StringLength(100), Search] public string ExternalId { get; set; } = "";
    [LongText] public string Remark { get; set; } = "";
}
