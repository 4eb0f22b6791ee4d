using System.ComponentModel.DataAnnotations;

namespace TcCrm.Sample.LoyaltyStamps;

/// <summary>A card with ten places; who has filled it gets something.</summary>
[Record("stamps.card", Icon = "ticket")]
public sealed class StampCard : Record
{
    public const int Places = 10;

    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [Lookup("customers.customer")] public Guid? CustomerId { get; set; }
    [Range(0, Places)] public long Stamps { get; set; }

    public bool IsFull => Stamps >= Places;
}
