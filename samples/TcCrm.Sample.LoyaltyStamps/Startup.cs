using Microsoft.AspNetCore.Routing;

namespace TcCrm.Sample.LoyaltyStamps;

public sealed class Startup : StartupBase
{
    public override void Contribute(Contributions contributions) => contributions
        .Add(new MenuItem("Customers and sales", "stamps.card.plural", "ticket", "~/stamps/board", Permission: "View_stamps.card", Order: 90))
        .Add(new Slot("customers.customer", "side", "stamps.card.plural", "StampsOfCustomer", Permission: "View_stamps.card", Order: 50))
        .Add<IRecipeStep, StampCardsStep>();

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapStamps();
}
