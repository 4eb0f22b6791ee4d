using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TcCrm.Platform.Identity;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

public static class ShellEndpoints
{
    const int MostWords = 100;

    /// <summary><c>GET /palette?q=</c>, <c>POST /preferences</c> and <c>POST /account/unit</c>.</summary>
    public static void MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPreferences();
        endpoints.MapPost("/account/unit", UnitCookie.SaveAsync).ExcludeFromDescription();
        endpoints.MapGet("/palette", FindAsync).ExcludeFromDescription();
    }

    static async Task<IResult> FindAsync(string? q, HttpContext http, PaletteSearch search, CancellationToken cancel)
    {
        var words = q?.Trim() ?? "";
        return Results.Json(words.Length is 0 or > MostWords ? [] : await search.FindAsync(http, words, cancel));
    }
}
