using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Tenants;

/// <summary>What is done to tenants stands in the audit log of the default tenant, whose people do it.</summary>
public sealed class HostAudit(TenantRegistry registry, TenantScopes scopes, IHttpContextAccessor http, TimeProvider time)
{
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task WriteAsync(string action, string tenant, CancellationToken cancel)
    {
        if (registry.Find(Tenant.DefaultName) is not { State: TenantState.Running }) return;
        var user = Guid.TryParse(http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : (Guid?)null;
        await scopes.RunAsync(Tenant.DefaultName, async scope =>
        {
            var db = scope.GetRequiredService<CrmDbContext>();
            db.Add(new AuditEntry { At = Now, UserId = user, Action = action, RecordType = "tenant", Details = JsonSerializer.Serialize(new { Tenant = tenant }) });
            return await db.SaveChangesAsync(cancel);
        }, cancel);
    }
}
