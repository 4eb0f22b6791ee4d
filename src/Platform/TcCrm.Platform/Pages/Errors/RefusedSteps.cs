using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Errors;

/// <summary>Why the page that was asked for cannot be shown, in the user's language.</summary>
public sealed record RefusedStep(string Text);

/// <summary>
/// The seam of the pages: a refused step that a page does not show at its own form is said in a toast, or on the page of status 409
/// where a page was asked for. It never counts as a failure of the server.
/// </summary>
public sealed class RefusedSteps(IText text) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();
        if (executed.ExceptionHandled || executed.Exception is not BusinessRuleException refused) return;
        executed.ExceptionHandled = true;
        executed.Result = Answer(context.HttpContext, refused.Text(text));
    }

    /// <summary>htmx leaves the page as it is, with all that was typed; a browser comes back to it.</summary>
    static IActionResult Answer(HttpContext http, string reason)
    {
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            http.ToastNow(new(reason, "red"));
            return new NoContentResult();
        }
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            http.Features.Set(new RefusedStep(reason));
            return new StatusCodeResult(StatusCodes.Status409Conflict);
        }
        http.ToastAfterRedirect(new(reason, "red"));
        var query = new QueryBuilder(http.Request.Query.Where(q => q.Key != "handler"));
        return new LocalRedirectResult($"{http.Request.PathBase}{http.Request.Path}{query}");
    }
}
