using TcCrm.Contents.Items;

namespace TcCrm.Contents.Pages;

/// <summary>A page of the items in somebody's list.</summary>
/// <param name="Here">Address of the item whose list it is.</param>
/// <param name="New">What another item is called, and where it is made.</param>
public sealed record ShownList(string Here, IReadOnlyList<(ContentItem Item, string Type)> Rows, string? Next, bool MayMove, IReadOnlyList<(string Label, string Href)> New)
{
    public bool IsFirst { get; init; }
    public string? NextHref => Next is null ? null : $"{Here}?after={Uri.EscapeDataString(Next)}";
}
