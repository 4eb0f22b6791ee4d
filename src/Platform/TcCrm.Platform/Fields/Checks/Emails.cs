using MimeKit;

namespace TcCrm.Platform.Fields.Checks;

public static class Emails
{
    const int LongestAddress = 254;

    /// <summary>One plain address, its domain in lower case; null for anything else, such as a list or a name with an address.</summary>
    public static string? TryNormalise(string text)
    {
        var typed = Typing.HalfWidth(text);
        if (typed.Length > LongestAddress || typed.Contains('"') || !MailboxAddress.TryParse(typed, out var mailbox)) return null;
        return mailbox.Address == typed && IsInternetDomain(mailbox.Domain) ? $"{mailbox.LocalPart}@{mailbox.Domain.ToLowerInvariant()}" : null;
    }

    static bool IsInternetDomain(string domain) =>
        domain.Split('.') is { Length: > 1 } labels && labels.All(label => label.Length > 0 && label[0] != '-' && label[^1] != '-' && label.All(c => c == '-' || char.IsLetterOrDigit(c)));
}
