using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Records;

/// <summary>Lets /{module:module}/{noun:record} match only record types that this tenant has.</summary>
public sealed class RecordRouteConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext?.Features.Get<TenantSnapshot>() is { } tenant && tenant.RecordTypes.ContainsKey($"{values["module"]}.{values["noun"]}");
}
