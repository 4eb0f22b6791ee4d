using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

/// <summary>Mails with a link to set the password, in the language of whom they go to.</summary>
public sealed class PasswordMails(UserManager<CrmUser> users, MailQueue mails, MailSettings settings, TenantContext tenant, IHttpContextAccessor http, IText text)
{
    /// <summary>Returns the link, for an administrator to pass on where no mail can be sent.</summary>
    public async Task<string> InviteAsync(CrmUser user, CancellationToken cancel)
    {
        var request = http.HttpContext?.Request;
        var link = await PasswordLink.AddressAsync(users, user, PasswordLink.Invitation, settings.BaseAddress ?? $"{request?.Scheme}://{request?.Host}{request?.PathBase}");
        await SendAsync(user, () => (text["Your account at {0}", Company], Letter(text["Hello {0},", user.Called], text["An account has been made for you at {0}. Your user name is {1}.", Company, user.UserName], text["Set your password here within {0} days:", InvitationTokens.Days], link)), cancel);
        return link;
    }

    /// <summary>Only with a configured address: what an anonymous request says about its host is not to be trusted in a mail.</summary>
    public async Task SendResetAsync(CrmUser user, CancellationToken cancel)
    {
        if (settings.BaseAddress is not { } address) return;
        var link = await PasswordLink.AddressAsync(users, user, PasswordLink.Reset, address);
        await SendAsync(user, () => (text["Set a new password for {0}", Company], Letter(text["Hello {0},", user.Called], text["Somebody, probably you, asked for a new password at {0}. Set it here within a day:", Company], link, text["If it was not you, there is nothing to do: your password stays as it is."])), cancel);
    }

    string Company => tenant.Snapshot.Settings.SiteName is var name && name != "TC-CRM" ? name : tenant.Snapshot.Tenant.Title ?? name;

    static string Letter(params IEnumerable<string> paragraphs) => string.Join("\n\n", paragraphs) + "\n";

    async Task SendAsync(CrmUser user, Func<(string Subject, string Body)> words, CancellationToken cancel)
    {
        if (user.Email is not { Length: > 0 } address) return;
        var (subject, body) = InLanguage.Of(user.Language ?? tenant.Snapshot.Settings.Language, words);
        await mails.SendAsync(address, subject, body, cancel);
    }
}
