using Microsoft.AspNetCore.Http;

namespace TcCrm.Platform.Pages.Users;

/// <summary>For <c>_ListFilter</c>: search, and all, enabled or disabled.</summary>
public sealed record ListFilter(string Path, string Label, string Placeholder, string? Search, string? State)
{
    public static readonly IReadOnlyList<(string State, string Label)> States = [("", "All"), ("enabled", "Enabled"), ("disabled", "Disabled")];

    public string Href(string state) => Path + QueryString.Create(new Dictionary<string, string?> { ["q"] = Search, ["state"] = state }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
