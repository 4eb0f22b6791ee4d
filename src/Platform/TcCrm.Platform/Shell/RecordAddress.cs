using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Shell;

/// <summary>The record type, and the record, that the address of the current request names: <c>/{module}/{noun}/{key}</c>.</summary>
public sealed class RecordAddress(IHttpContextAccessor http, TenantContext tenant, Access access, CrmDbContext db)
{
    RouteValueDictionary Route => http.HttpContext!.Request.RouteValues;

    string Name => $"{Route["module"]}.{Route["noun"]}";

    /// <summary>As the user may see it; whole where they may not see it at all, for the filter that says so.</summary>
    public RecordType Type => access.TypeOf(Name) ?? tenant.Snapshot.RecordTypes[Name];

    public bool May(RecordRight right) => access.May(right, Type);

    /// <summary>Null when there is none or it lies in the recycle bin.</summary>
    public Task<Record?> FindAsync(CancellationToken cancel) => FindAsync(Type, Route["key"]?.ToString() ?? "", cancel);

    /// <param name="key">Its id or its number.</param>
    public async Task<Record?> FindAsync(RecordType type, string key, CancellationToken cancel)
    {
        if (Guid.TryParse(key, out var id)) return await type.FindAsync(db, id, cancel);
        if (type.Number is not { } number || key.Length == 0) return null;
        var found = await type.FindByAsync(db, number, [key], RecordRight.View, cancel);
        db.ChangeTracker.Clear();
        return found is [var record] ? await type.FindAsync(db, record.Id, cancel) : null;
    }
}
