using System.ComponentModel.DataAnnotations;
using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Customers;

[Record("customers.customer", Icon = "building")]
public sealed class Customer : Record, IOwned
{
    [StringLength(40), Number("C-{seq:6}"), Search] public string Number { get; private set; } = "";
    [PersonalData(Identifies = true), Required, StringLength(200), Title, Search] public string Name { get; set; } = "";
    public CustomerKind Kind { get; set; } = CustomerKind.Company;
    /// <summary>In the company's own words, such as 消费者 or 重点客户.</summary>
    [StringLength(100)] public string Segment { get; set; } = "";
    [StringLength(100), SortedWithin(nameof(Kind))] public string Industry { get; set; } = "";
    [StringLength(100)] public string Source { get; set; } = "";
    [User] public Guid? OwnerId { get; set; }
    [Lookup("organisation.unit")] public Guid? UnitId { get; set; }
    [PersonalData, Tags] public List<string> Tags { get; set; } = [];

    [PersonalData(Identifies = true), StringLength(60), Phone, Search] public string Phone { get; set; } = "";
    [PersonalData(Identifies = true), StringLength(254), Email, Search] public string Email { get; set; } = "";
    [PersonalData, StringLength(200), SortedWithin(nameof(Kind))] public string Website { get; set; } = "";
    [StringLength(6), Region] public string Region { get; set; } = "";
    /// <summary>As written by the customer; <see cref="Region"/> holds what the list of divisions knows.</summary>
    [PersonalData, StringLength(100)] public string City { get; set; } = "";
    [PersonalData, StringLength(300)] public string Address { get; set; } = "";
    public SpokenLanguage? Language { get; set; }

    [PersonalData, StringLength(18), CreditCode, Search, SortedWithin(nameof(Kind))] public string CreditCode { get; set; } = "";
    [PersonalData(Identifies = true), StringLength(18), IdentityCard, Search, SortedWithin(nameof(Kind))] public string IdentityCard { get; set; } = "";
    /// <summary>The customer's id in the system that the data came from: the match key of imports.</summary>
    [PersonalData, StringLength(100), Search] public string ExternalId { get; set; } = "";

    [PersonalData, SortedWithin(nameof(Kind))] public Gender? Gender { get; set; }
    [PersonalData, SortedWithin(nameof(Kind))] public DateOnly? Birthday { get; set; }
    [PersonalData, SortedWithin(nameof(Kind))] public IncomeBracket? IncomeBracket { get; set; }

    [PersonalData, StringLength(100), SortedWithin(nameof(Kind))] public string EconomicSituation { get; set; } = "";
    [PersonalData, StringLength(100)] public string Style { get; set; } = "";
    [SortedWithin(nameof(Kind))] public Money? CreditLimit { get; set; }
    [SortedWithin(nameof(Kind))] public Money? AnnualRevenue { get; set; }
    [PersonalData, LongText] public string Remark { get; set; } = "";
}
