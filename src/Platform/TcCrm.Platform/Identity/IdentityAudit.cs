using System.Text.Encodings.Web;
using System.Text.Json;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Identity;

/// <summary>Audit rows about users, roles and keys; written with the caller's next save.</summary>
static class IdentityAudit
{
    public const string User = "platform.user";
    public const string Role = "platform.role";
    public const string ApiKey = "platform.api-key";
    public const string Application = "platform.application";
    public const string Provider = "platform.sign-in-provider";

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Audit(this CrmDbContext db, TimeProvider time, string action, string type, Guid? id, object? details = null, Guid? by = null) => db.Add(new AuditEntry
    {
        At = Moments.Now(time),
        UserId = by ?? db.UserId,
        Action = action,
        RecordType = type,
        RecordId = id,
        Details = details is null ? "{}" : JsonSerializer.Serialize(details, Readable),
    });
}
