using System.Text.Json.Nodes;

namespace TcCrm.Platform.Api;

/// <summary>What a module adds to the OpenAPI document of the tenant, as far as the current user may use it.</summary>
public interface IApiDescription : IContribution
{
    /// <param name="root">The address of <c>/api</c>, for paths that do not lie below <c>/api/v1</c>.</param>
    IEnumerable<KeyValuePair<string, JsonNode?>> Paths(string root);
    IEnumerable<KeyValuePair<string, JsonNode?>> Schemas();
}
