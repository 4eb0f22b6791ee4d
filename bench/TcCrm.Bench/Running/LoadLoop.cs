using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace TcCrm.Bench.Running;

/// <summary>Some requests: the addresses in turn, until the count is reached, a few at a time.</summary>
sealed record Burst(IReadOnlyList<string> Urls, string Header, string HeaderValue, int Count, int Parallel = 2);

/// <param name="Failed">Answers other than 200.</param>
sealed record BurstResult(int Done, int Failed, long Bytes);

/// <summary>The generator's own process: a burst as one line of JSON on standard input, its result as one line on standard output; ends with its input.</summary>
static class LoadLoop
{
    public static async Task<int> RunAsync()
    {
        using var client = Client();
        while (await Console.In.ReadLineAsync() is { } line)
            Console.Out.WriteLine(JsonSerializer.Serialize(await RunAsync(client, JsonSerializer.Deserialize<Burst>(line)!)));
        return 0;
    }

    public static HttpClient Client() => new(Handler()) { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Seems to come from this address of the loopback network: one address may not sign in as often as the bench does.</summary>
    public static HttpClient Client(IPAddress from)
    {
        var handler = Handler();
        handler.ConnectCallback = async (to, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(IPAddress.Loopback, to.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        };
        return new(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    static SocketsHttpHandler Handler() => new() { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };

    static async Task<BurstResult> RunAsync(HttpClient client, Burst burst)
    {
        var (next, failed, bytes) = (-1, 0, 0L);
        await Task.WhenAll(Enumerable.Range(0, burst.Parallel).Select(_ => WorkAsync()));
        return new(burst.Count, failed, bytes);

        async Task WorkAsync()
        {
            var buffer = new byte[64 * 1024];
            for (var i = Interlocked.Increment(ref next); i < burst.Count; i = Interlocked.Increment(ref next))
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, burst.Urls[i % burst.Urls.Count]);
                request.Headers.TryAddWithoutValidation(burst.Header, burst.HeaderValue);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)answer.StatusCode != 200) Interlocked.Increment(ref failed);
                await using var body = await answer.Content.ReadAsStreamAsync();
                for (var read = await body.ReadAsync(buffer); read > 0; read = await body.ReadAsync(buffer)) Interlocked.Add(ref bytes, read);
            }
        }
    }
}
