using Microsoft.AspNetCore.Mvc;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Customers;

/// <summary>The people at a customer, main contacts first, beside the customer's data.</summary>
[ViewComponent(Name = "CustomerContacts")]
public sealed class ContactsPanel(CrmDbContext db, Access access) : ViewComponent
{
    const int Most = 6;

    public async Task<IViewComponentResult> InvokeAsync(Guid recordId)
    {
        if (access.TypeOf("customers.contact") is not { } type) return Content("");
        var page = await type.ListAsync(db, Of(recordId, Most), HttpContext.RequestAborted);
        var count = page.Next is null ? page.Items.Count : await type.CountAsync(db, Of(recordId, Most), 1000, HttpContext.RequestAborted);
        return View(new ContactsOfCustomer(recordId, [.. page.Items.Cast<Contact>()], count, access.May(RecordRight.Create, type)));
    }

    /// <summary>The customer's contacts, main ones first.</summary>
    internal static RecordQuery Of(Guid customerId, int size) =>
        RecordQuery.All with { Filters = [new(nameof(Contact.CustomerId), "eq", customerId.ToString())], Sort = "-" + nameof(Contact.IsMain), Size = size };
}

public sealed record ContactsOfCustomer(Guid CustomerId, IReadOnlyList<Contact> Shown, int Count, bool MayAdd);
