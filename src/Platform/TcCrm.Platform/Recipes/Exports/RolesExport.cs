using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>All roles but the administrator's, which every tenant has. Reaches that name units come in a step behind those units.</summary>
sealed class RolesExport(CrmDbContext db) : IRecipeExport
{
    const string Roles = nameof(Roles), Reaches = nameof(Reaches);

    public IEnumerable<RecipePart> Parts => [new(Roles, "Roles", ExportOrder.Roles), new(Reaches, "Reaches of roles by unit", ExportOrder.Reaches, IsData: true)];

    public async IAsyncEnumerable<JsonObject> StepsAsync(RecipePart part, IReadOnlySet<string> all, [EnumeratorCancellation] CancellationToken cancel)
    {
        var roles = await db.Roles.AsNoTracking().Where(r => r.Name != CrmRole.Administrator).OrderBy(r => r.NormalizedName).ToListAsync(cancel);
        var list = part.Id == Roles ? await AllAsync(roles, cancel) : await ByUnitAsync(roles, cancel);
        if (list.Count > 0) yield return new() { ["name"] = Roles, [Roles] = list };
    }

    async Task<JsonArray> AllAsync(List<CrmRole> roles, CancellationToken cancel)
    {
        var claims = (await db.RoleClaims.AsNoTracking().Where(c => c.ClaimType == CrmRole.PermissionClaim).ToListAsync(cancel)).ToLookup(c => c.RoleId, c => c.ClaimValue!);
        var reaches = (await db.Set<RoleReach>().AsNoTracking().Where(r => r.Kind != ReachKind.ChosenUnits).ToListAsync(cancel)).ToLookup(r => r.RoleId);
        var fields = (await db.Set<FieldRule>().AsNoTracking().ToListAsync(cancel)).ToLookup(f => f.RoleId);
        return new([.. roles.Select(role => new JsonObject
        {
            ["Name"] = role.Name,
            ["Description"] = role.Description,
            ["Permissions"] = Names(claims[role.Id].Order(StringComparer.Ordinal)),
            [Reaches] = Sorted(reaches[role.Id], r => Reach(r, "Filters", JsonNode.Parse(r.Details))),
            ["Fields"] = Sorted(fields[role.Id], f => new() { ["Type"] = f.RecordType, ["Field"] = f.Field, ["Level"] = f.Level.ToString() }),
        })]);
    }

    async Task<JsonArray> ByUnitAsync(List<CrmRole> roles, CancellationToken cancel)
    {
        var keys = (await db.Set<Organisation.Unit>().AsNoTracking().Select(u => new { u.Id, u.ExternalId }).ToListAsync(cancel)).ToDictionary(u => u.Id, u => RecordsExport.KeyOf(u.ExternalId, u.Id));
        var reaches = (await db.Set<RoleReach>().AsNoTracking().Where(r => r.Kind == ReachKind.ChosenUnits).ToListAsync(cancel)).ToLookup(r => r.RoleId);
        return new([.. roles.Where(role => reaches[role.Id].Any()).Select(role => new JsonObject
        {
            ["Name"] = role.Name,
            ["PermissionBehavior"] = "Add",
            [Reaches] = Sorted(reaches[role.Id], r => Reach(r, "Units", Names(r.ReadUnits().Where(keys.ContainsKey).Select(id => keys[id]).Order(StringComparer.Ordinal)))),
        })]);
    }

    static JsonObject Reach(RoleReach reach, string key, JsonNode? value) => new() { ["Type"] = reach.RecordType, ["Right"] = reach.Right.ToString(), ["Kind"] = reach.Kind.ToString(), [key] = value };

    static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => JsonValue.Create(n))]);

    static JsonArray Sorted<T>(IEnumerable<T> rows, Func<T, JsonObject> write) =>
        new([.. rows.Select(write).OrderBy(json => json.ToJsonString(JsonSerializerOptions.Default), StringComparer.Ordinal)]);
}
