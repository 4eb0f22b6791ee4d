namespace TcCrm.Contents.Items;

/// <summary>What one may do with content items; whoever may do one of the later may do those before it, but for deleting.</summary>
public enum ContentRight { View, Edit, Publish, Delete }

/// <summary>
/// Orchard Core's names: <c>EditContent</c> for all types, <c>Edit_Lead</c> for one. Those for one type are not listed, since types come with data;
/// roles of recipes hold them.
/// </summary>
public static class ContentPermissions
{
    public const string AccessApi = "AccessContentApi", ListContent = nameof(ListContent);

    public static readonly IReadOnlyList<Permission> All =
    [
        new(AccessApi, "Use the API of content items"),
        new(ListContent, "Open the pages of content items", NameOf(ContentRight.View), NameOf(ContentRight.Edit), NameOf(ContentRight.Publish)),
        new(NameOf(ContentRight.View), "View content items", NameOf(ContentRight.Edit), NameOf(ContentRight.Publish)),
        new(NameOf(ContentRight.Edit), "Edit drafts of content items", NameOf(ContentRight.Publish)),
        new(NameOf(ContentRight.Publish), "Publish content items"),
        new(NameOf(ContentRight.Delete), "Delete content items"),
    ];

    public static string NameOf(ContentRight right) => $"{right}Content";

    public static string NameOf(ContentRight right, string contentType) => $"{right}_{contentType}";
}
