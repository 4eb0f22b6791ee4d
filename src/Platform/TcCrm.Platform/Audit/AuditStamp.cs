using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Audit;

/// <summary>Puts salt, digest and the place they come from on the entries of a save, whoever has written them.</summary>
static class AuditStamp
{
    public static void Put(CrmDbContext db, IReadOnlyCollection<AuditEntry> entries)
    {
        if (entries.Count == 0) return;
        string? address = null, agent = null;
        if (db.Services.GetService<IHttpContextAccessor>()?.HttpContext is { } http) (address, agent) = (AddressOf(http), UserAgents.Shorten(http.Request.Headers.UserAgent.ToString()));
        foreach (var entry in entries) entry.Stamp(address, agent);
    }

    /// <summary>Without comparing everything the context tracks: what was added is known.</summary>
    public static List<AuditEntry> NewEntries(CrmDbContext db)
    {
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var entries = db.ChangeTracker.Entries<AuditEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        db.ChangeTracker.AutoDetectChangesEnabled = detects;
        return entries;
    }

    internal static string? AddressOf(HttpContext http) => http.Connection.RemoteIpAddress is not { } address ? null : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
