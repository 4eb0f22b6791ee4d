using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

public static class SignInEndpoints
{
    /// <summary><c>POST /sign-out</c>, the entrance for those who signed in on the common page, and <c>GET /api/v1/me</c>, by which a program tries its key.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-out", SignOutAsync).AllowAnonymous().WithMetadata(new WhileViewingAttribute()).ExcludeFromDescription();
        endpoints.MapGet(SignInStage.Enter.Path, EnterAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet("/api/v1/me", (CurrentUser user) => new Me(user.Id, user.Name, [.. user.Roles])).WithSummary("Who the API key acts for");
    }

    static async Task<IResult> SignOutAsync(HttpContext http, IAntiforgery antiforgery, TenantContext tenant, CurrentUser user, IServiceProvider services)
    {
        if (!tenant.HasTenant) return Results.NotFound();
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
        await LeaveAsync(http, user);
        foreach (var elsewhere in services.GetRequiredService<ITenantCatalogue>().Of<ISignOutElsewhere>())
            if (await elsewhere.LeaveAsync(http)) return Results.Empty;
        return Results.LocalRedirect($"{http.Request.PathBase}/sign-in");
    }

    /// <summary>Ends the session of this request, whoever its user looks as.</summary>
    internal static async Task LeaveAsync(HttpContext http, CurrentUser user)
    {
        var services = http.RequestServices;
        await ((ViewAs)services.GetService(typeof(ViewAs))!).EndAsync(user, http.RequestAborted);
        if (user.Id is { } who) await NoteSignOutAsync(services, who, http.RequestAborted);
        await Sessions.SignOutAsync(http);
    }

    static async Task NoteSignOutAsync(IServiceProvider services, Guid who, CancellationToken cancel)
    {
        var db = (CrmDbContext)services.GetService(typeof(CrmDbContext))!;
        db.Audit((TimeProvider)services.GetService(typeof(TimeProvider))!, "SignedOut", IdentityAudit.User, who);
        await db.SaveChangesAsync(cancel);
    }

    static async Task<IResult> EnterAsync(HttpContext http, HandOver handOver, TenantContext tenant)
    {
        if (!tenant.HasTenant) return Results.NotFound();
        var proved = await handOver.ReadAsync(http, SignInStage.Enter);
        HandOver.Drop(http, SignInStage.Enter);
        if (proved is not var (user, remember)) return Results.LocalRedirect($"{http.Request.PathBase}/sign-in");
        await Sessions.SignInAsync(http, user, remember);
        return Results.LocalRedirect($"{http.Request.PathBase}/");
    }
}

/// <summary>The user that a request acts for.</summary>
public sealed record Me(Guid? Id, string Name, IReadOnlyList<string> Roles);
