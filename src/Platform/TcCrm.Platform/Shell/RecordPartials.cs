using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;

namespace TcCrm.Platform.Shell;

/// <summary>Finds the nearest partial: a module's or theme's own for one type or kind, else the platform's.</summary>
public sealed class RecordPartials(ICompositeViewEngine views)
{
    /// <summary><c>Records/customers.customer/_Header</c>, else <c>Records/_Header</c>.</summary>
    public string ForRecord(ViewContext context, string recordType, string name) => Exists(context, $"Records/{recordType}/{name}") ?? $"Records/{name}";

    /// <summary><c>Fields/money/_Edit</c>, else the same of the kind <paramref name="otherwise"/>.</summary>
    public string Find(ViewContext context, string folder, string kind, string name, string otherwise) => Exists(context, $"{folder}/{kind}/{name}") ?? $"{folder}/{otherwise}/{name}";

    string? Exists(ViewContext context, string view) => views.FindView(context, view, isMainPage: false).Success ? view : null;
}
