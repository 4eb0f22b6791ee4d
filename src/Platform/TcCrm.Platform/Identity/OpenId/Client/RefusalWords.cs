namespace TcCrm.Platform.Identity.OpenId;

static class RefusalWords
{
    /// <summary>Null for what is no reason of ours.</summary>
    public static string? Of(string? refused, IText text) => Enum.TryParse<ProviderRefusal>(refused, out var reason) && Enum.IsDefined(reason) ? Of(reason, text) : null;

    static string Of(ProviderRefusal reason, IText text) => reason switch
    {
        ProviderRefusal.Unreachable => text["The sign-in service cannot be reached. Try again in a minute, or sign in with your password."],
        ProviderRefusal.Denied => text["The sign-in was cancelled there."],
        ProviderRefusal.Expired => text["The sign-in took too long or was begun in another window. Try again."],
        ProviderRefusal.WrongSecret => text["The sign-in service does not accept this company's client id or secret. Tell your administrator."],
        ProviderRefusal.Invalid => text["The sign-in service has sent an answer that cannot be trusted. Tell your administrator."],
        ProviderRefusal.UserDisabled => text["Your account here is switched off. Ask your administrator."],
        ProviderRefusal.Unknown => text["Nobody here has this account linked. Sign in with your password and link it on your account page, or ask for an invitation."],
        ProviderRefusal.MailUnverified => text["The sign-in service does not vouch for a mail address of yours, so nobody here could be found by it."],
        ProviderRefusal.MailAmbiguous => text["Several users here have your mail address. Ask your administrator for an invitation."],
        ProviderRefusal.NameTaken => text["Somebody here has your user name already. Ask your administrator for an invitation."],
        ProviderRefusal.LinkedElsewhere => text["This account belongs to another user here."],
        ProviderRefusal.HasAnother => text["Another account of this sign-in service is linked already."],
        ProviderRefusal.InvitationGone => text["This invitation has been used or has expired. Ask your administrator for a new one."],
        ProviderRefusal.TooMany => text["There were too many tries from here. Try again in a few minutes."],
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
