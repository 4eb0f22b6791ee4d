namespace TcCrm.Contents.Items;

/// <summary>What one may do with content items; whoever may do one of the later may do those before it, but for deleting.</summary>
public enum ContentRight { View, Edit, Publish, Delete }

/// <summary>
/// Orchard Core's names: <c>EditContent</c> for all types, <c>Edit_Lead</c> for one; <c>EditOwnContent</c> and <c>EditOwn_Lead</c> for one's own items. Those for one type are not listed, since types come with data;
/// roles of recipes hold them.
/// </summary>
public static class ContentPermissions
{
    public const string AccessApi = "AccessContentApi", ListContent = nameof(ListContent);

    public static readonly IReadOnlyList<Permission> All =
    [
        new(AccessApi, "Use the API of content items"),
        new(ListContent, "Open the pages of content items", [.. Enum.GetValues<ContentRight>().SelectMany(r => new[] { NameOf(r), NameOfOwn(r) })]),
        new(NameOf(ContentRight.View), "View content items", NameOf(ContentRight.Edit), NameOf(ContentRight.Publish)),
        new(NameOf(ContentRight.Edit), "Edit drafts of content items", NameOf(ContentRight.Publish)),
        new(NameOf(ContentRight.Publish), "Publish content items"),
        new(NameOf(ContentRight.Delete), "Delete content items"),
        new(NameOfOwn(ContentRight.View), "View one's own content items", NameOf(ContentRight.View), NameOfOwn(ContentRight.Edit), NameOfOwn(ContentRight.Publish)),
        new(NameOfOwn(ContentRight.Edit), "Edit drafts of one's own content items", NameOf(ContentRight.Edit), NameOfOwn(ContentRight.Publish)),
        new(NameOfOwn(ContentRight.Publish), "Publish one's own content items", NameOf(ContentRight.Publish)),
        new(NameOfOwn(ContentRight.Delete), "Delete one's own content items", NameOf(ContentRight.Delete)),
    ];

    public static string NameOf(ContentRight right) => $"{right}Content";

    public static string NameOfOwn(ContentRight right) => $"{right}OwnContent";

    public static string NameOfOwn(ContentRight right, string contentType) => $"{right}Own_{contentType}";

    public static string NameOf(ContentRight right, string contentType) => $"{right}_{contentType}";
}
