using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>
/// <c>{ "name": "Roles", "Roles": [{ "Name", "Description", "Permissions": ["…"], "PermissionBehavior": "Replace" | "Add" | "Remove" }] }</c>.
/// <c>"Reaches": [{ "Type", "Right", "Kind", "Filters": ["field:operator:value"], "Units": ["code"] }]</c> narrows rights, <c>"Fields": [{ "Type", "Field", "Level" }]</c> fields.
/// </summary>
public sealed class RolesStep(CrmDbContext db, PermissionList permissions, ILookupNormalizer normalizer) : IRecipeStep
{
    readonly RecipeReferences _references = new(db);

    public string Name => "Roles";

    public Task CheckAsync(RecipeStepContext step, CancellationToken cancel)
    {
        var known = permissions.All.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (role, path) in step.Items<RoleBody>("Roles"))
        {
            if (string.IsNullOrWhiteSpace(role.Name) || role.Name.Length > 256) step.Problem($"{path}.Name", "Type a name of 1 to {0} characters.", 256);
            else step.Plan.Promise("role", role.Name);
            if (role.Description?.Length > 500) step.Problem($"{path}.Description", "This is too long: {0} characters at most.", 500);
            foreach (var type in (role.Reaches ?? []).Select(r => r.Type).Concat((role.Fields ?? []).Select(f => f.Type)).Where(t => !known.Contains(RecordPermissions.NameOf(RecordRight.View, t ?? ""))).Distinct())
                step.Problem(path, "There is no record type '{0}'.", type);
            for (var i = 0; i < (role.Permissions?.Count ?? 0); i++)
                if (!known.Contains(role.Permissions![i])) step.Warn($"{path}.Permissions[{i}]", "The permission '{0}' is not known here; it is kept for when it is.", role.Permissions[i]);
        }
        return Task.CompletedTask;
    }

    public async Task RunAsync(RecipeStepContext step, CancellationToken cancel)
    {
        foreach (var (body, _) in step.Items<RoleBody>("Roles"))
        {
            var role = await FindOrAddAsync(body, cancel);
            if (body.Description is not null) role.Description = body.Description;
            if (body.Name != CrmRole.Administrator)
            {
                await SetPermissionsAsync(role, body, cancel);
                await NarrowAsync(step, role, body, cancel);
            }
            await db.SaveChangesAsync(cancel);
        }
    }

    async Task<CrmRole> FindOrAddAsync(RoleBody body, CancellationToken cancel)
    {
        var normalized = normalizer.NormalizeName(body.Name);
        if (await db.Roles.FirstOrDefaultAsync(r => r.NormalizedName == normalized, cancel) is { } known) return known;
        return db.Add(new CrmRole { Name = body.Name, NormalizedName = normalized }).Entity;
    }

    async Task SetPermissionsAsync(CrmRole role, RoleBody body, CancellationToken cancel)
    {
        var named = (body.Permissions ?? []).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var present = await db.RoleClaims.Where(c => c.RoleId == role.Id && c.ClaimType == CrmRole.PermissionClaim).ToListAsync(cancel);
        bool Named(IdentityRoleClaim<Guid> claim) => named.Contains(claim.ClaimValue!, StringComparer.OrdinalIgnoreCase);
        if (body.PermissionBehavior != PermissionBehavior.Add) db.RemoveRange(present.Where(c => body.PermissionBehavior == PermissionBehavior.Remove == Named(c)));
        if (body.PermissionBehavior == PermissionBehavior.Remove) return;
        db.AddRange(named.Where(n => !present.Exists(c => n.Equals(c.ClaimValue, StringComparison.OrdinalIgnoreCase)))
            .Select(n => new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = CrmRole.PermissionClaim, ClaimValue = n }));
    }

    /// <summary>What is named is set; the rest stays as it was.</summary>
    async Task NarrowAsync(RecipeStepContext step, CrmRole role, RoleBody body, CancellationToken cancel)
    {
        foreach (var wanted in body.Reaches ?? [])
        {
            var reach = await db.Set<RoleReach>().FindAsync([role.Id, wanted.Type, wanted.Right], cancel) ?? db.Add(new RoleReach { RoleId = role.Id, RecordType = wanted.Type!, Right = wanted.Right }).Entity;
            reach.Kind = wanted.Kind;
            reach.Details = wanted.Kind == ReachKind.ChosenUnits ? JsonSerializer.Serialize(await UnitsAsync(step, wanted.Units ?? [], cancel)) : JsonSerializer.Serialize(wanted.Filters ?? []);
        }
        foreach (var wanted in body.Fields ?? [])
        {
            var rule = await db.Set<FieldRule>().FindAsync([role.Id, wanted.Type, wanted.Field], cancel) ?? db.Add(new FieldRule { RoleId = role.Id, RecordType = wanted.Type!, Field = wanted.Field! }).Entity;
            rule.Level = wanted.Level;
        }
    }

    async Task<List<Guid>> UnitsAsync(RecipeStepContext step, IReadOnlyList<string> codes, CancellationToken cancel)
    {
        var units = new List<Guid>();
        foreach (var code in codes)
        {
            if (await _references.RecordAsync("organisation.unit", code, cancel) is { } id) units.Add(id);
            else step.Problem("", "There is no unit '{0}'.", code);
        }
        return units;
    }

    enum PermissionBehavior { Replace, Add, Remove }

    sealed record RoleBody(string? Name, string? Description, IReadOnlyList<string>? Permissions, PermissionBehavior PermissionBehavior)
    {
        public IReadOnlyList<ReachBody>? Reaches { get; init; }
        public IReadOnlyList<FieldBody>? Fields { get; init; }
    }

    sealed record ReachBody(string? Type, RecordRight Right, ReachKind Kind, IReadOnlyList<string>? Filters, IReadOnlyList<string>? Units);

    sealed record FieldBody(string? Type, string? Field, FieldLevel Level);
}
