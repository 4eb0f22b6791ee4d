using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Modules;

/// <summary>Endpoint metadata: the page or endpoint exists only where all these features are on.</summary>
public sealed record RequiresFeature(params IReadOnlyList<string> FeatureIds);

/// <summary>Takes endpoints of features that are off out of the candidates, so the next best match or a 404 answers.</summary>
public sealed class FeatureGate : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MinValue + 50; // before Razor Pages compiles the page

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(e => e.Metadata.GetMetadata<RequiresFeature>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var tenant = httpContext.Features.Get<TenantSnapshot>();
        for (var i = 0; i < candidates.Count; i++)
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<RequiresFeature>() is { } gate && !IsOpen(gate, tenant))
                candidates.SetValidity(i, false);
        return Task.CompletedTask;
    }

    static bool IsOpen(RequiresFeature gate, TenantSnapshot? tenant) =>
        tenant is not null && gate.FeatureIds.All(tenant.Features.Contains);
}
