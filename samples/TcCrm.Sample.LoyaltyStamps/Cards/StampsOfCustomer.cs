using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Sample.LoyaltyStamps;

/// <summary>A panel beside a customer's data, which knows nothing of stamps.</summary>
[ViewComponent(Name = "StampsOfCustomer")]
public sealed class StampsOfCustomer(CrmDbContext db, Access access) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        if (access.TypeOf("stamps.card") is not { } type) return Content("");
        var query = RecordQuery.All with { Filters = [new(nameof(StampCard.CustomerId), "eq", recordId.ToString())], Sort = "-" + nameof(StampCard.Stamps), Size = 5 };
        return View((await type.ListAsync(db, query, HttpContext.RequestAborted)).Items.Cast<StampCard>().ToList());
    }
}
