using TcCrm.Platform.Regions;

namespace TcCrm.Customers;

/// <summary>What the head line of a customer's page says, made from the fields.</summary>
public sealed class CustomerHead(Customer customer)
{
    /// <summary>Region, then what the address adds to it; the city as text where the list of divisions does not know it.</summary>
    public string Place => string.Join(' ', new[] { RegionOrCity, customer.Address }.Where(part => part.Length > 0));

    /// <summary>Null unless it is an address that is safe to follow.</summary>
    public Uri? Website => Uri.TryCreate(customer.Website.Contains("://", StringComparison.Ordinal) ? customer.Website : "https://" + customer.Website, UriKind.Absolute, out var uri)
        && customer.Website.Length > 0 && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri : null;

    string RegionOrCity => Divisions.Find(customer.Region) is not { } division ? customer.City
        : division.Level == DivisionLevel.Province && division.ShortName != customer.City ? Divisions.ShortNameOf(division.Code) + customer.City
        : Divisions.ShortNameOf(division.Code);
}
