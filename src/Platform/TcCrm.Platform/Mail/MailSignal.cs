using System.Threading.Channels;

namespace TcCrm.Platform.Mail;

/// <summary>Says which tenants have mails to send. Losing a signal costs time only: the mails are in the database.</summary>
public sealed class MailSignal
{
    readonly Channel<string> _tenants = Channel.CreateBounded<string>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise(string tenant) => _tenants.Writer.TryWrite(tenant);

    internal IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancel) => _tenants.Reader.ReadAllAsync(cancel);
}
