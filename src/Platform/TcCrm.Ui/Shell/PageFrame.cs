using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace TcCrm.Ui;

/// <summary>What a page tells its layout.</summary>
/// <param name="Title">Of the window, and the last crumb.</param>
/// <param name="Crumbs">What stands above this page; the page itself is added by the layout.</param>
/// <param name="Sheets">Style sheets of the kit beside <c>tc.css</c>: <c>list</c>, <c>record</c>, <c>import</c> …</param>
/// <param name="Fills">The page scrolls in its own parts (lists, panes) and takes the whole height.</param>
public sealed record PageFrame(string Title, IReadOnlyList<Crumb> Crumbs, IReadOnlyList<string> Sheets, bool Fills);

public sealed record Crumb(string Label, string? Href = null);

public static class PageFrameExtensions
{
    const string Key = "TcCrm.Ui.Frame";

    /// <summary>First line of a page: <c>@{ ViewData.Frame(T["Customers"], sheets: ["list"], fills: true); }</c></summary>
    public static void Frame(this ViewDataDictionary view, string title, IReadOnlyList<Crumb>? crumbs = null, IReadOnlyList<string>? sheets = null, bool fills = false) =>
        view[Key] = new PageFrame(title, crumbs ?? [], sheets ?? [], fills);

    public static PageFrame Frame(this ViewDataDictionary view) =>
        view[Key] as PageFrame ?? new PageFrame(view["Title"] as string ?? "TC-CRM", [], [], false);
}
