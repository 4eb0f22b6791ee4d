using Microsoft.AspNetCore.Mvc;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>On the account page: which applications have access, and what they may do.</summary>
[ViewComponent(Name = "GrantedApplications")]
public sealed class GrantedApplications(OpenIdGrants grants, ScopeWords words) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => await grants.MineAsync(HttpContext.RequestAborted) is { Count: > 0 } mine
        ? View(mine.Select(g => new Granted(g.Id, g.Application?.DisplayName ?? "", string.Join("; ", (g.Scopes is { } s ? System.Text.Json.JsonSerializer.Deserialize<string[]>(s)! : []).Select(words.Describe)))).ToList())
        : Content("");

    public sealed record Granted(Guid Id, string Application, string Scopes);
}
