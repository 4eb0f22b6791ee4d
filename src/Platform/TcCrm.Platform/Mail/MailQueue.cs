using Microsoft.AspNetCore.DataProtection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Mail;

/// <summary>Mails go through the database, so that none is lost with the process and no page waits for a mail server.</summary>
public sealed class MailQueue(CrmDbContext db, TenantContext tenant, MailSignal signal, IDataProtectionProvider protection, TimeProvider time)
{
    const string Purpose = "TcCrm.Mail.Body";

    public async Task SendAsync(string address, string subject, string body, CancellationToken cancel)
    {
        var now = Moments.Now(time);
        db.Add(new MailMessage { Address = address, Subject = subject, Body = protection.CreateProtector(Purpose).Protect(body), CreatedAt = now, DueAt = now });
        await db.SaveChangesAsync(cancel);
        signal.Raise(tenant.Snapshot.Tenant.Name);
    }

    internal string BodyOf(MailMessage mail) => protection.CreateProtector(Purpose).Unprotect(mail.Body);
}
