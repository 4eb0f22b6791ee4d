using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Mail;

public enum MailSecurity { Auto, None, StartTls, Tls }

/// <summary>The server that takes our mails.</summary>
public sealed record MailServer
{
    public string Host { get; init; } = "";
    public int Port { get; init; } = 587;
    public MailSecurity Security { get; init; } = MailSecurity.Auto;
    public string? UserName { get; init; }
    /// <summary>Protected in the database, plain in the host's configuration and in memory.</summary>
    public string? Password { get; init; }
    public string From { get; init; } = "";
    public string? FromName { get; init; }
}

/// <summary>Where the tenant's mails go: its own setting <c>Mail</c>, else the host's section <c>TcCrm:Mail</c>.</summary>
public sealed class MailSettings(TenantContext tenant, CrmDbContext db, TenantRegistry registry, IDataProtectionProvider protection, IConfiguration configuration, TimeProvider time)
{
    const string Key = "Mail";
    readonly IDataProtector _protector = protection.CreateProtector("TcCrm.Mail.Password");

    public MailServer? Own => tenant.Snapshot.Settings[Key] is JsonObject own ? Revealed(own.Deserialize<MailServer>(JsonSerializerOptions.Web)) : null;
    public MailServer? Server => Own is { Host.Length: > 0 } own ? own : configuration.GetSection("TcCrm:Mail").Get<MailServer>() is { Host.Length: > 0 } hosts ? hosts : null;

    /// <summary>The tenant's address as it stands in mails; null until somebody has said it.</summary>
    public string? BaseAddress =>
        tenant.Snapshot.Settings.BaseUrl ?? (configuration["TcCrm:BaseUrl"] is { Length: > 0 } host ? host.TrimEnd('/') + tenant.Snapshot.Tenant.PathBase : null);

    public async Task SaveAsync(MailServer server, string baseAddress, CancellationToken cancel)
    {
        var kept = server with { Password = string.IsNullOrEmpty(server.Password) ? null : _protector.Protect(server.Password) };
        await SetAsync(Key, JsonSerializer.Serialize(kept, JsonSerializerOptions.Web), cancel);
        await SetAsync("BaseUrl", JsonSerializer.Serialize(baseAddress), cancel);
        db.Add(new AuditEntry { At = time.GetUtcNow().UtcDateTime, UserId = db.UserId, Action = "SettingsChanged", Details = JsonSerializer.Serialize(new { Settings = new[] { Key, "BaseUrl" } }) });
        await db.SaveChangesAsync(cancel);
        await registry.TouchAsync(tenant.Snapshot.Tenant.Name, cancel);
    }

    async Task SetAsync(string key, string json, CancellationToken cancel)
    {
        if (await db.Set<SettingRow>().FirstOrDefaultAsync(s => s.Key == key, cancel) is { } row) row.Json = json;
        else db.Add(new SettingRow { Key = key, Json = json });
    }

    /// <summary>A password from another installation cannot be read; it has to be typed again.</summary>
    MailServer? Revealed(MailServer? server)
    {
        if (server?.Password is null) return server;
        try
        {
            return server with { Password = _protector.Unprotect(server.Password) };
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return server with { Password = null };
        }
    }
}
