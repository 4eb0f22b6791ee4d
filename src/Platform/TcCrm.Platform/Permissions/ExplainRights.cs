using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Permissions;

/// <summary>Asks <see cref="Access"/> and the type itself, right by right and grant by grant, so that it cannot say anything else than they decide.</summary>
public sealed class ExplainRights(CrmDbContext db, Access access, CurrentUser user, TenantScopes scopes)
{
    /// <param name="record">Null to ask about all records of the type.</param>
    /// <param name="about">Whose rights; of somebody else they are found out as that user would meet them, without a unit chosen in a browser.</param>
    public async Task<Explanation> ExecuteAsync(string type, Record? record, Guid about, CancellationToken cancel)
    {
        if (about == user.Id) return await OfCurrentAsync(type, record, cancel);
        return await scopes.RunAsync(db.Snapshot, async services =>
        {
            var facts = await Sessions.FactsAsync(services.GetRequiredService<CrmDbContext>(), about, cancel);
            services.GetRequiredService<CurrentUser>().RunAs(new(Sessions.IdentityOf(about, facts, "why")));
            return await services.GetRequiredService<ExplainRights>().OfCurrentAsync(type, record, cancel);
        });
    }

    async Task<Explanation> OfCurrentAsync(string name, Record? record, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[name];
        var rights = new List<RightExplained>();
        foreach (var right in Enum.GetValues<RecordRight>()) rights.Add(await OfAsync(right, type, record, cancel));
        var fields = type.Fields.Select(f => new FieldExplained(f, access.LevelOf(name, f.Name), [.. access.LevelsOf(name, f.Name)])).Where(f => f.Roles.Any(r => r.Level != FieldLevel.Open));
        return new(access.IsUnlimited, rights, access.IsUnlimited ? [] : [.. fields], await HiddenWholeAsync(type, record, cancel));
    }

    async Task<RightExplained> OfAsync(RecordRight right, RecordType type, Record? record, CancellationToken cancel)
    {
        var (holds, permission) = (access.May(right, type), RecordPermissions.NameOf(right, type.Name));
        var grants = new List<GrantExplained>();
        foreach (var grant in access.ReachOf(right, type).Grants) grants.Add(new(grant, record is null ? null : await type.OpensAsync(db, grant, record.Id, cancel)));
        return new(right, holds, holds && await ReachesAsync(right, type, record, cancel), [.. access.RolesThatGive(permission)], grants);
    }

    /// <summary>As the store asks: what one may not see is not there to be changed.</summary>
    async Task<bool> ReachesAsync(RecordRight right, RecordType type, Record? record, CancellationToken cancel) =>
        record is null || (await type.ReachesAsync(db, RecordRight.View, record.Id, cancel) && await type.ReachesAsync(db, right, record.Id, cancel));

    async Task<RecordType?> HiddenWholeAsync(RecordType type, Record? record, CancellationToken cancel) =>
        record is not null && type.Whole is { } field && field.Value(record) is Guid id && db.Snapshot.RecordTypes.GetValueOrDefault(field.LookupType!) is { } whole && !await whole.ReachesAsync(db, RecordRight.View, id, cancel) ? whole : null;
}
