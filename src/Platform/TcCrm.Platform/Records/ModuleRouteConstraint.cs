using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Modules;

namespace TcCrm.Platform.Records;

/// <summary>
/// Lets <c>/{module:module}/…</c> match only what record types are named after. Addresses that begin with a word of their own need no branches
/// for records then, of which the table of routes would have thousands.
/// </summary>
public sealed class ModuleRouteConstraint(ModuleCatalog modules) : IRouteConstraint, IParameterLiteralNodeMatchingPolicy
{
    readonly HashSet<string> _names = modules.RecordClasses.Select(CodeRecordTypes.NameOf).Select(n => n.Split('.')[0]).Append(TypeDefinition.Module).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        Convert.ToString(values[routeKey], CultureInfo.InvariantCulture) is { } name && _names.Contains(name);

    public bool MatchesLiteral(string parameterName, string literal) => _names.Contains(literal);
}
