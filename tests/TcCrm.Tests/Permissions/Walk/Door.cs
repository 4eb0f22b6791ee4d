using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Shell;

namespace TcCrm.Tests.Permissions.Walk;

/// <summary>One thing that can be asked for: an endpoint of the API, a page, or one handler of a page.</summary>
/// <param name="Route">With its places, from the root of the tenant.</param>
/// <param name="Permissions">All of them are asked for.</param>
/// <param name="Right">On the record type that the address names.</param>
public sealed record Door(string Route, string Method, string? Handler, IReadOnlyList<string> Permissions, RecordRight? Right, bool IsOpen, bool IsOfHost)
{
    public bool IsForPrograms => Route.StartsWith("/api/", StringComparison.Ordinal);
    public bool Reads => Method is "GET";
    public bool IsOfOneRecord => Route.Contains("{key}", StringComparison.Ordinal) || Route == "/why";
    /// <summary>It says itself whom it lets in. Whatever else decides stands in <see cref="ByHand"/>.</summary>
    public bool SaysWhom => IsOpen || IsOfHost || Permissions.Count > 0 || Right is not null;

    public override string ToString() => $"{Method} {Route}{(Handler is null ? "" : "?handler=" + Handler)}";

    /// <summary>Every endpoint that the host maps, pages split into their handlers.</summary>
    public static async Task<IReadOnlyList<Door>> AllAsync(IServiceProvider services)
    {
        var doors = new List<Door>();
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (route.StartsWith("/_content/", StringComparison.Ordinal) || route.EndsWith(":file}", StringComparison.Ordinal)) continue; // styles and scripts, the same for the whole world
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
                var said = new EndpointMetadataCollection(endpoint.Metadata.Concat(compiled.EndpointMetadata ?? []));
                doors.AddRange(HandlersOf(compiled).Select(h => Of(route, h.HttpMethod, h.Name, said)));
            }
            else
            {
                foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]) doors.Add(Of(route, method, null, endpoint.Metadata));
            }
        }
        return [.. doors.Where(d => !d.IsOfHost || !doors.Exists(other => !other.IsOfHost && other.ToString() == d.ToString()))]; // the host's own start page stands at the address of each company's
    }

    /// <summary>A page without a handler of its own for GET can be asked for all the same.</summary>
    static IEnumerable<(string HttpMethod, string? Name)> HandlersOf(CompiledPageActionDescriptor page) =>
        page.HandlerMethods.Select(h => (h.HttpMethod.ToUpperInvariant(), h.Name)).Append(("GET", null)).Distinct();

    static Door Of(string route, string method, string? handler, EndpointMetadataCollection said) => new(
        route, method, handler, [.. said.GetOrderedMetadata<PermissionAttribute>().Select(p => p.Name).Distinct()], said.GetMetadata<RequiresRightAttribute>()?.Right,
        said.GetMetadata<IAllowAnonymous>() is not null, said.GetMetadata<DefaultTenantOnly>() is not null);
}
