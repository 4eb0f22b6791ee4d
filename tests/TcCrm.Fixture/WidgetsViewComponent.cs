using Microsoft.AspNetCore.Mvc;

namespace TcCrm.Fixture;

public sealed class WidgetsViewComponent : ViewComponent
{
    public IViewComponentResult Invoke(Guid recordId) => View(recordId);
}
