using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Sample.LoyaltyStamps;

/// <summary>One more stamp on a card, for the till: <c>POST /api/stamps/{id}</c>.</summary>
static class AddStamp
{
    public static void MapStamps(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/stamps/{id:guid}", RunAsync).RequireAuthorization();

    static async Task<IResult> RunAsync(Guid id, CrmDbContext db, Access access, RecordStore store, CancellationToken cancel)
    {
        if (access.TypeOf("stamps.card") is not { } type || await type.FindAsync(db, id, cancel) is not StampCard card) return Results.NotFound();
        if (card.IsFull) return Results.Conflict();
        var stamps = (card.Stamps + 1).ToString(CultureInfo.InvariantCulture);
        var saved = await store.UpdateAsync(type, id, card.Version, new Dictionary<string, string?> { [nameof(StampCard.Stamps)] = stamps }, cancel);
        return saved.Outcome switch
        {
            SaveOutcome.Saved => Results.Ok(new { name = card.Name, stamps = card.Stamps, isFull = card.IsFull }),
            SaveOutcome.Forbidden => Results.Forbid(),
            _ => Results.Conflict(),
        };
    }
}
