using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Api;

/// <summary>What an API request is about, bound from its route: the type, if the caller may see it, and the record.</summary>
public sealed class ApiTarget(CrmDbContext db, Access access)
{
    public CrmDbContext Db => db;
    public Access Access => access;

    /// <summary>Null when the tenant has no such type or the caller may not see it: both look the same from outside.</summary>
    public RecordType? TypeOf(string name) => access.TypeOf(name);

    /// <summary>By id or number.</summary>
    public async Task<Record?> FindAsync(RecordType type, string key, CancellationToken cancel)
    {
        if (Guid.TryParse(key, out var id)) return await type.FindAsync(db, id, cancel);
        return type.Number is { } number && await type.FindByAsync(db, number, [key], RecordRight.View, cancel) is [var found, ..] ? await type.FindAsync(db, found.Id, cancel) : null;
    }

    /// <summary>The version that <c>If-Match</c> names; null when the header is missing or <c>*</c>.</summary>
    public static bool TryReadVersion(HttpRequest request, out int? version)
    {
        version = null;
        var header = request.Headers.IfMatch.ToString();
        if (header is "" or "*") return true;
        if (!int.TryParse(header.Trim('"'), out var number)) return false;
        version = number;
        return true;
    }
}
