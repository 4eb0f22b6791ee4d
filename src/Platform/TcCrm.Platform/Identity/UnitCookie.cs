using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Ui;

namespace TcCrm.Platform.Identity;

/// <summary>Keeps in the browser which of their units somebody works in. It can narrow what they see and never widen it: <see cref="Access"/> checks it at each request.</summary>
static class UnitCookie
{
    public static string NameOf(string tenant) => $"crm-unit.{tenant}";

    /// <summary><c>POST /account/unit</c> with the id of a unit, or nothing for all; leads back to the page it came from.</summary>
    public static async Task<IResult> SaveAsync(HttpContext http, IAntiforgery antiforgery, Access access, TenantContext tenant)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        var wanted = (await http.Request.ReadFormAsync(http.RequestAborted))["unit"].ToString();
        var name = NameOf(tenant.Snapshot.Tenant.Name);
        if (wanted.Length == 0) http.Response.Cookies.Delete(name, PreferenceEndpoints.Options(http.Request));
        else if (Guid.TryParse(wanted, out var id) && access.AllWorkplaces.Any(w => w.UnitId == id)) http.Response.Cookies.Append(name, id.ToString(), PreferenceEndpoints.Options(http.Request));
        else return Results.BadRequest();
        return Results.LocalRedirect(PreferenceEndpoints.Back(http.Request));
    }
}
