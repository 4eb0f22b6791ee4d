using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;

namespace TcCrm.Customers;

/// <summary>The people at a customer, main contacts first, beside the customer's data.</summary>
[ViewComponent(Name = "CustomerContacts")]
public sealed class ContactsPanel(CrmDbContext db, Access access) : ViewComponent
{
    const int Shown = 6;

    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        var contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.CustomerId == recordId && c.DeletedAt == null)
            .OrderByDescending(c => c.IsMain).ThenBy(c => c.Id).Take(Shown + 1).ToListAsync(HttpContext.RequestAborted);
        return View(new ContactsOfCustomer(recordId, [.. contacts.Take(Shown)], contacts.Count > Shown, access.May("Create_customers.contact")));
    }
}

public sealed record ContactsOfCustomer(Guid CustomerId, IReadOnlyList<Contact> Contacts, bool HasMore, bool MayAdd);
