using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Hosting;

/// <summary>
/// Behind a proxy the request's own address and scheme are the proxy's. Those of the visitor count if a proxy that is named in the configuration
/// says them; anybody else could write such headers too. The host name is never taken from them: a proxy passes <c>Host</c> on.
/// </summary>
static class TrustedProxies
{
    /// <exception cref="BusinessRuleException">An entry is neither an address nor a network.</exception>
    public static void UseTrustedProxies(this IApplicationBuilder app)
    {
        var named = app.ApplicationServices.GetRequiredService<IOptions<TcCrmOptions>>().Value.Proxies;
        if (named.Count == 0) return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var each in named) options.KnownIPNetworks.Add(NetworkOf(each));
        app.UseForwardedHeaders(options);
    }

    static System.Net.IPNetwork NetworkOf(string named) =>
        IPAddress.TryParse(named, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(named, out var network) ? network
        : throw new BusinessRuleException("'{0}' in TcCrm:Proxies is neither an address nor a network such as 10.0.0.0/8.", null, named);
}
