using Microsoft.Extensions.Configuration;

namespace TcCrm.Platform.Identity;

/// <summary>
/// How often one address, and one name from wherever, may try; all nodes count together. Lock-out protects an account, and counts in its own database;
/// this protects the host. Signing in has no limit for a whole company: with one, an outsider could shut everybody out.
/// A whole company may sit behind one address: <c>TcCrm:SignIn:TriesPerAddress</c> in five minutes. Of mails with a link: in an hour.
/// </summary>
public sealed class SignInLimits(TryCounts counts, IConfiguration configuration)
{
    static readonly TimeSpan OfTries = TimeSpan.FromMinutes(5);
    static readonly TimeSpan OfMails = TimeSpan.FromHours(1);
    readonly int _triesPerAddress = configuration.GetValue("TcCrm:SignIn:TriesPerAddress", 200);
    readonly int _triesPerName = configuration.GetValue("TcCrm:SignIn:TriesPerName", 30);
    readonly int _mailsPerAddress = configuration.GetValue("TcCrm:SignIn:MailsPerAddress", 30);
    readonly int _mailsPerName = configuration.GetValue("TcCrm:SignIn:MailsPerName", 5);
    readonly int _mailsPerTenant = configuration.GetValue("TcCrm:SignIn:MailsPerTenant", 500);

    /// <summary>For passwords and codes. Null when it may be tried, else how long to wait.</summary>
    public async Task<TimeSpan?> WaitForTryAsync(string address, string tenant, string name, CancellationToken cancel) =>
        await counts.TakeAsync($"try from\n{address}", _triesPerAddress, OfTries, cancel)
        ?? await counts.TakeAsync($"try as\n{tenant}\n{Folded(name)}", _triesPerName, OfTries, cancel);

    /// <summary>For a way in that has no name to type.</summary>
    public Task<TimeSpan?> WaitForTryAsync(string address, CancellationToken cancel) => counts.TakeAsync($"try from\n{address}", _triesPerAddress, OfTries, cancel);

    /// <summary>For mails that anybody can have sent.</summary>
    public async Task<TimeSpan?> WaitForMailAsync(string address, string tenant, string name, CancellationToken cancel) =>
        await counts.TakeAsync($"mail from\n{address}", _mailsPerAddress, OfMails, cancel)
        ?? await counts.TakeAsync($"mail to\n{tenant}\n{Folded(name)}", _mailsPerName, OfMails, cancel)
        ?? await counts.TakeAsync($"mail of\n{tenant}", _mailsPerTenant, OfMails, cancel);

    /// <summary>The number of this try for a name that nobody has, so that the answer does not tell which names exist.</summary>
    public Task<int> NextUnknownAsync(string tenant, string name, TimeSpan kept, CancellationToken cancel) => counts.NextAsync($"nobody\n{tenant}\n{Folded(name)}", kept, cancel);

    static string Folded(string name) => name.Trim().ToUpperInvariant();
}
