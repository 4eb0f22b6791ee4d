using System.Text.Json.Nodes;
using TcCrm.Contents.Definitions;
using TcCrm.Contents.Items;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Contents.Menus;

/// <summary>
/// Admin menus of Orchard Core, kept as they were written under the setting <see cref="Key"/>. Nodes that lead to the items of content types and nodes
/// that are links become entries of the side navigation; all others are kept and not shown.
/// </summary>
sealed class AdminMenus(TenantContext tenant, ContentAccess contents, Access access) : IMenuSource
{
    public const string Key = "AdminMenu";
    const string Below = "Items";
    const int Order = 750;

    public IEnumerable<MenuItem> Items => Read(tenant.Snapshot.Settings[Key]).Where(IsEnabled)
        .SelectMany(menu => Nodes(menu["MenuItems"]).SelectMany(node => ItemsOf(node, ContentJson.Text(menu, "Name") ?? Key)));

    public static IEnumerable<JsonObject> Read(JsonNode? setting) => (setting as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Also those below others: the navigation has one level.</summary>
    static IEnumerable<JsonObject> Nodes(JsonNode? list) => Read(list).Where(IsEnabled).SelectMany(node => Nodes(node[Below]).Prepend(node));

    IEnumerable<MenuItem> ItemsOf(JsonObject node, string group) => KindOf(node) switch
    {
        "ContentTypesAdminNode" when access.May(ContentPermissions.ListContent) => Read(node["ContentTypes"])
            .Select(type => (Name: ContentJson.Text(type, "ContentTypeName"), Label: DefinitionJson.Text(type, "ContentTypeDisplayName")))
            .Where(type => type.Name is not null && contents.MayOwn(ContentRight.View, type.Name))
            .Select(type => new MenuItem(group, type.Label ?? type.Name!, "file-text", "~/contents?type=" + Uri.EscapeDataString(type.Name!), null, Order)),
        "LinkAdminNode" when ContentJson.Text(node, "LinkUrl") is ['~', '/', ..] url && Permissions(node).All(access.May) => [new(group, ContentJson.Text(node, "LinkText") ?? url, "link", url, null, Order)],
        _ => [],
    };

    static IEnumerable<string> Permissions(JsonObject node) => (node["PermissionNames"] as JsonArray ?? []).Select(p => p?.ToString()).OfType<string>();

    /// <summary>The class without its namespace and assembly.</summary>
    static string KindOf(JsonObject node) => (ContentJson.Text(node, "$type") ?? "").Split(',')[0].Split('.')[^1];

    static bool IsEnabled(JsonObject node) => ContentJson.Flag(node, "Enabled") != false;
}
