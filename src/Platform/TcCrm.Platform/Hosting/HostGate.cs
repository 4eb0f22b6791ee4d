using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>Endpoint metadata: exists in the default tenant alone.</summary>
public sealed record DefaultTenantOnly;

/// <summary>Elsewhere the administration of the host is not forbidden, it is not there.</summary>
public sealed class HostGate : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => int.MinValue + 49; // before Razor Pages compiles the page

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(e => e.Metadata.GetMetadata<DefaultTenantOnly>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var isDefault = httpContext.Features.Get<TenantSnapshot>() is { Tenant.IsDefault: true };
        for (var i = 0; i < candidates.Count; i++)
            if (candidates.IsValidCandidate(i) && !isDefault && candidates[i].Endpoint.Metadata.GetMetadata<DefaultTenantOnly>() is not null)
                candidates.SetValidity(i, false);
        return Task.CompletedTask;
    }
}

/// <summary>Every page below <c>Pages/Host</c>.</summary>
sealed class HostPages : IPageRouteModelConvention
{
    public void Apply(PageRouteModel model)
    {
        if (!model.RelativePath.StartsWith("/Pages/Host/", StringComparison.Ordinal)) return;
        foreach (var selector in model.Selectors) selector.EndpointMetadata.Add(new DefaultTenantOnly());
    }
}
