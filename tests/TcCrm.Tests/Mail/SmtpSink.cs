using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace TcCrm.Tests.Mail;

/// <summary>A mail server that takes everything and keeps it; an address that begins with <c>refused</c> it refuses.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _closing = new();
    readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

    public async Task<MimeMessage> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (Mails.TryDequeue(out var mail)) return mail;
            await Task.Delay(50, patience.Token);
        }
    }

    async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_closing.Token) is { } line)
        {
            if (line.StartsWith("RCPT TO:<refused", StringComparison.OrdinalIgnoreCase)) await writer.WriteLineAsync("550 no such mailbox");
            else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase)) await TakeAsync(reader, writer);
            else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) await writer.WriteLineAsync("221 bye");
            else await writer.WriteLineAsync("250 ok");
        }
    }

    async Task TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var text = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(_closing.Token) is { } line && line != ".") text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
        Mails.Enqueue(await MimeMessage.LoadAsync(stream, _closing.Token));
        await writer.WriteLineAsync("250 taken");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }
}
