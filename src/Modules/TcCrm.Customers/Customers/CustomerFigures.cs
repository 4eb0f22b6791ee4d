using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Customers;

/// <summary>What this module knows of a customer in figures; other modules put theirs beside it.</summary>
[ViewComponent(Name = "CustomerFigures")]
public sealed class CustomerFigures(CrmDbContext db, Access access, TimeProvider time, IText text) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        if (access.TypeOf("customers.customer") is not { } type || await type.FindAsync(db, recordId, HttpContext.RequestAborted) is not Customer customer) return Content("");
        var figures = new List<Figure>();
        if (access.TypeOf("customers.contact") is { } contacts) figures.Add(await ContactsAsync(contacts, recordId));
        foreach (var name in new[] { nameof(Customer.CreditLimit), nameof(Customer.AnnualRevenue) })
            if (type.Find(name) is { } field) figures.Add(Amount(field, customer));
        figures.Add(Since(customer));
        return View(figures);
    }

    async Task<Figure> ContactsAsync(RecordType contacts, Guid customerId)
    {
        var ofCustomer = ContactsPanel.Of(customerId, 1);
        var main = (await contacts.ListAsync(db, ofCustomer, HttpContext.RequestAborted)).Items is [Contact { IsMain: true } first] ? first.Name : "";
        var count = await contacts.CountAsync(db, ofCustomer, 1000, HttpContext.RequestAborted);
        return new(text["customers.contact.plural"], count.ToString("N0", CultureInfo.CurrentCulture), main);
    }

    Figure Amount(Field field, Customer customer) =>
        new(text[field.LabelKey], field.Show(customer, db.Snapshot.Settings.FieldContext, text) is { Length: > 0 } shown ? shown : "–", "");

    Figure Since(Customer customer)
    {
        var zone = db.Snapshot.Settings.Zone;
        var since = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(customer.CreatedAt, zone));
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        return new(text["On file since"], since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), text["Day {0:N0}", today.DayNumber - since.DayNumber + 1]);
    }
}

public sealed record Figure(string Label, string Value, string Note);
