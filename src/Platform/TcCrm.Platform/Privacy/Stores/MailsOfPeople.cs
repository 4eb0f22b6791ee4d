using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Mail;

namespace TcCrm.Platform.Privacy.Stores;

/// <summary>Mails that wait to be sent, to the person or about them. What was sent is not kept.</summary>
public sealed class MailsOfPeople(CrmDbContext db, MailQueue queue) : IErasesPersonalData
{
    public async Task<int> EraseAsync(Person person, CancellationToken cancel)
    {
        var mails = await db.Set<MailMessage>().AsNoTracking().ToListAsync(cancel);
        var theirs = mails.Where(m => person.IsIn(m.Address) || person.IsIn(m.Subject) || person.IsIn(BodyOf(m))).Select(m => m.Id).ToList();
        return theirs.Count == 0 ? 0 : await db.WriteAsync(() => db.Set<MailMessage>().Where(m => theirs.Contains(m.Id)).ExecuteDeleteAsync(cancel), cancel);
    }

    /// <summary>A text from another installation cannot be read, by nobody.</summary>
    string BodyOf(MailMessage mail)
    {
        try
        {
            return queue.BodyOf(mail);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }
}
