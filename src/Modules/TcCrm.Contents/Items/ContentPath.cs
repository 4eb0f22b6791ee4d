using System.Text.Json.Nodes;

namespace TcCrm.Contents.Items;

/// <summary>The address at which a content item is shown, below the tenant's.</summary>
public static class ContentPath
{
    /// <summary>So that an index of PostgreSQL can hold it.</summary>
    public const int Longest = 800;

    /// <summary>Addresses are compared without slashes at their ends and in any case.</summary>
    public static string? Of(string? written) => written?.Trim('/', ' ').ToLowerInvariant() is { Length: > 0 and <= Longest } path ? path : null;

    public static string Href(string path) => "~/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    public static string? Of(JsonObject item) => item["AutoroutePart"] is JsonObject part && ContentJson.Flag(part, "Disabled") != true ? Of(ContentJson.Text(part, "Path")) : null;
}
