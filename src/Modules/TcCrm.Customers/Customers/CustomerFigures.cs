using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Customers;

/// <summary>What this module knows of a customer in figures; other modules put theirs beside it.</summary>
[ViewComponent(Name = "CustomerFigures")]
public sealed class CustomerFigures(CrmDbContext db, Access access, TimeProvider time, IText text) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var type = db.Snapshot.RecordTypes["customers.customer"];
        if (await type.FindAsync(db, recordId, HttpContext.RequestAborted) is not Customer customer) return Content("");
        var figures = new List<Figure>();
        if (access.May("View_customers.contact")) figures.Add(await ContactsAsync(recordId));
        figures.AddRange(Amount(type, customer, nameof(Customer.CreditLimit)), Amount(type, customer, nameof(Customer.AnnualRevenue)), Since(customer));
        return View(figures);
    }

    async Task<Figure> ContactsAsync(Guid customerId)
    {
        var contacts = db.Set<Contact>().AsNoTracking().Where(c => c.CustomerId == customerId && c.DeletedAt == null);
        var main = await contacts.Where(c => c.IsMain).OrderBy(c => c.Id).Select(c => c.Name).FirstOrDefaultAsync(HttpContext.RequestAborted);
        var count = await contacts.CountAsync(HttpContext.RequestAborted);
        return new(text["customers.contact.plural"], count.ToString("N0", CultureInfo.CurrentCulture), main ?? "");
    }

    Figure Amount(RecordType type, Customer customer, string name)
    {
        var field = type.Find(name)!;
        return new(text[field.LabelKey], field.Show(customer, db.Snapshot.Settings.FieldContext, text) is { Length: > 0 } shown ? shown : "–", "");
    }

    Figure Since(Customer customer)
    {
        var zone = db.Snapshot.Settings.Zone;
        var since = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(customer.CreatedAt, zone));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        return new(text["On file since"], since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text["Day {0:N0}", today.DayNumber - since.DayNumber + 1]);
    }
}

public sealed record Figure(string Label, string Value, string Note);
