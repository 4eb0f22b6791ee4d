using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Sample.LoyaltyStamps;

/// <summary><c>{ "name": "stamp-cards", "Cards": [{ "Name": "Coffee", "Stamps": 3 }] }</c>: cards that are there already stay as they are.</summary>
public sealed class StampCardsStep(CrmDbContext db) : IRecipeStep
{
    public string Name => "stamp-cards";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (card, path) in step.Items<CardBody>("Cards"))
        {
            if (string.IsNullOrWhiteSpace(card.Name)) step.Problem($"{path}.Name", "A card needs a name.");
            if (card.Stamps is < 0 or > StampCard.Places) step.Problem($"{path}.Stamps", "A card has {0} places.", StampCard.Places);
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (card, _) in step.Items<CardBody>("Cards"))
            if (!await db.Set<StampCard>().AnyAsync(c => c.Name == card.Name, cancel))
                db.Add(new StampCard { Name = card.Name!, Stamps = card.Stamps });
        await db.SaveChangesAsync(cancel);
    }

    sealed record CardBody(string? Name, int Stamps);
}
