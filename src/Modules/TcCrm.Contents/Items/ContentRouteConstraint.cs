using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TcCrm.Contents.Items;

/// <summary>Lets <c>/{**path:content}</c> match only what somebody wants to read: a program that asks for what is not there gets the answer that it had without this page.</summary>
sealed class ContentRouteConstraint : IRouteConstraint
{
    static readonly PathString Programs = "/api";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is { Request: var request } && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && values[routeKey] is string { Length: > 0 } && !request.Path.StartsWithSegments(Programs);
}
