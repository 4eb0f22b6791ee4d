using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Ui;

/// <summary>A short message at the foot of the screen. Errors that ask for a step are notes, not toasts.</summary>
/// <param name="Undo">Address that takes the step back by a POST.</param>
public sealed record Toast(string Text, string Tone = "green", string? Undo = null);

public static class ToastExtensions
{
    const string Key = "TcCrm.Ui.Toasts";
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Shown on the next page: for a post that answers with a redirect.</summary>
    public static void ToastAfterRedirect(this HttpContext http, Toast toast)
    {
        var kept = TempData(http);
        kept[Key] = JsonSerializer.Serialize(Read(kept.Peek(Key)).Append(toast));
        kept.Save();
    }

    /// <summary>Shown at once: for an htmx request that answers with a partial or 204.</summary>
    public static void ToastNow(this HttpContext http, Toast toast) =>
        http.Response.Headers["HX-Trigger"] = JsonSerializer.Serialize(new Dictionary<string, Toast> { ["tc:toast"] = toast }, Json);

    /// <summary>The toasts that wait for this page; reading removes them.</summary>
    public static IReadOnlyList<Toast> WaitingToasts(this HttpContext http) => Read(TempData(http)[Key]);

    static Toast[] Read(object? kept) =>
        kept is string json ? JsonSerializer.Deserialize<Toast[]>(json) ?? [] : [];

    static ITempDataDictionary TempData(HttpContext http) =>
        http.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);
}
