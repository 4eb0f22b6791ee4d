using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace TcCrm.Platform.ImportExport.Files;

/// <summary>A download that is written while it is sent. If the writing fails half-way the connection is cut, so that nobody takes a part for the whole.</summary>
public sealed class StreamedFile(string contentType, string name, Func<Stream, Task> write) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = contentType;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        await write(response.Body);
    }
}
