using Microsoft.AspNetCore.Mvc;

namespace Sample.Fixture;

public sealed class WidgetsViewComponent : ViewComponent
{
    public IViewComponentResult Invoke(Guid recordId) => View(recordId);
}
