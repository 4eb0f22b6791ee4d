using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sample.Fixture;

public sealed class Startup : StartupBase
{
    public override void Contribute(Contributions contributions) => contributions
        .Add(new MenuItem("Fixture", "Widgets menu", "package", "~/fixture/hello", Permission: null))
        .Add(new Slot("customers.customer", "side", "Widgets", "Widgets"))
        .Add(new Slot("customers.customer", "side", "Secrets", "Widgets", Permission: "SeeSecrets"))
        .Add(new Permission("SeeSecrets", "See secrets"))
        .Add<IPeriodicJob, CountWidgets>()
        .Add<IReaction, NoteCustomer>()
        .Add<IRecordRule, NameIsNotForbidden>()
        .Add<IRecipeStep, WidgetStep>();

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/fixture/ping", () => Results.Text("pong"));
}
