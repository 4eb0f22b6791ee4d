using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Sample.LoyaltyStamps;

[Permission("View_stamps.card")]
public sealed class BoardModel(CrmDbContext db, Access access) : PageModel
{
    public IReadOnlyList<StampCard> Cards { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var fullest = RecordQuery.All with { Sort = "-" + nameof(StampCard.Stamps), Size = 20 };
        Cards = [.. (await access.TypeOf("stamps.card")!.ListAsync(db, fullest, cancel)).Items.Cast<StampCard>()];
    }
}
