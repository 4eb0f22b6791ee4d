using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A provider's name leads to an address inside the network of this host.</summary>
public sealed class PrivateAddressException(string host) : IOException($"{host} has no public address.");

/// <summary>
/// The way to providers. Their addresses are typed by administrators of companies, who may not look into the operator's network: only public
/// addresses are connected to, whatever a name says at that moment, and redirects are not followed.
/// </summary>
public sealed class ProviderHttp(IConfiguration configuration) : IDisposable
{
    const int LongestAnswer = 1024 * 1024;

    static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    readonly bool _allowsPrivate = configuration.GetValue("TcCrm:OpenId:AllowPrivateAddresses", false);
    HttpClient? _client;

    /// <summary>For trials only.</summary>
    public bool AllowsHttp { get; } = configuration.GetValue("TcCrm:OpenId:AllowHttp", false);

    public HttpClient Client => _client ?? Interlocked.CompareExchange(ref _client, Make(), null) ?? _client;

    public static bool IsPublic(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var plain && !Inside.Any(n => n.Contains(plain));

    public void Dispose() => _client?.Dispose();

    HttpClient Make() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = ConnectAsync,
    })
    { MaxResponseContentBufferSize = LongestAnswer, Timeout = TimeSpan.FromSeconds(15) };

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = _allowsPrivate ? found : [.. found.Where(IsPublic)];
        if (allowed.Length == 0) throw new PrivateAddressException(context.DnsEndPoint.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
