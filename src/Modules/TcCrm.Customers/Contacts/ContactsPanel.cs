using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;

namespace TcCrm.Customers;

/// <summary>The people at a customer, main contacts first, beside the customer's data.</summary>
[ViewComponent(Name = "CustomerContacts")]
public sealed class ContactsPanel(CrmDbContext db, Access access) : ViewComponent
{
    const int Most = 6;

    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var contacts = db.Set<Contact>().AsNoTracking().Where(c => c.CustomerId == recordId && c.DeletedAt == null);
        var shown = await contacts.OrderByDescending(c => c.IsMain).ThenBy(c => c.Id).Take(Most).ToListAsync(HttpContext.RequestAborted);
        var count = shown.Count < Most ? shown.Count : await contacts.CountAsync(HttpContext.RequestAborted);
        return View(new ContactsOfCustomer(recordId, shown, count, access.May("Create_customers.contact")));
    }
}

public sealed record ContactsOfCustomer(Guid CustomerId, IReadOnlyList<Contact> Shown, int Count, bool MayAdd);
