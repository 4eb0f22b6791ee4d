using System.ComponentModel.DataAnnotations;

namespace Sample.Fixture;

[Record("fixture.widget")]
public sealed class Widget : Record
{
    [Required, StringLength(100), Title, Search] public string Name { get; set; } = "";
    [Lookup("customers.customer")] public Guid? CustomerId { get; set; }
}
