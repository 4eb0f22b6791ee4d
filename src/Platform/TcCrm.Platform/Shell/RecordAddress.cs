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

    /// <summary>By id or by number; null when there is none or it lies in the recycle bin.</summary>
    public async Task<Record?> FindAsync(CancellationToken cancel)
    {
        var key = Route["key"]?.ToString() ?? "";
        if (Guid.TryParse(key, out var id)) return await Type.FindAsync(db, id, cancel);
        if (Type.Number is not { } number || key.Length == 0) return null;
        var found = await Type.FindByAsync(db, number, [key], RecordRight.View, cancel);
        db.ChangeTracker.Clear();
        return found is [var record] ? await Type.FindAsync(db, record.Id, cancel) : null;
    }
}
