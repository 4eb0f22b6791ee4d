using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Items;
using TcCrm.Contents.Menus;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Contents.Recipes;

/// <summary><c>{ "name": "AdminMenu", "data": [{ "Id", "Name", "Enabled", "MenuItems": [node] }] }</c>: replaced by <c>Id</c>; nodes stay as they are written.</summary>
sealed class AdminMenuStep(CrmDbContext db) : IRecipeStep
{
    public string Name => AdminMenus.Key;

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (menu, path) in step.Items<JsonObject>("data"))
        {
            if (ContentJson.Text(menu, "Id") is not { Length: > 0 }) step.Problem($"{path}.Id", "Fill in this field.");
            if (menu["MenuItems"] is { } items and not JsonArray) step.Problem($"{path}.MenuItems", "A list is expected here.");
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var written = step.Items<JsonObject>("data").Select(i => i.Value).ToList();
        var row = await db.Set<SettingRow>().FindAsync([AdminMenus.Key], cancel) ?? db.Add(new SettingRow { Key = AdminMenus.Key, Json = "[]" }).Entity;
        var menus = AdminMenus.Read(JsonNode.Parse(row.Json)).ToDictionary(m => ContentJson.Text(m, "Id")!, m => (JsonNode)m.DeepClone());
        foreach (var menu in written) menus[ContentJson.Text(menu, "Id")!] = menu.DeepClone();
        row.Json = ContentJson.Write(new JsonArray([.. menus.Values]));
    }
}

sealed class AdminMenuExport(TenantContext tenant) : IRecipeExport
{
    const int AfterContent = 46;

    public IEnumerable<RecipePart> Parts => [new(AdminMenus.Key, "Admin menus", AfterContent)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        if (tenant.Snapshot.Settings[AdminMenus.Key] is JsonArray { Count: > 0 } menus) yield return new() { ["name"] = AdminMenus.Key, ["data"] = menus.DeepClone() };
    }
}
