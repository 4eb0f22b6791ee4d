using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>Why nobody was let in by a provider, each with a sentence on the sign-in page.</summary>
public enum ProviderRefusal { Unreachable, Denied, Expired, WrongSecret, Invalid, UserDisabled, Unknown, MailUnverified, MailAmbiguous, NameTaken, LinkedElsewhere, HasAnother, InvitationGone, TooMany }

/// <summary>What somebody has set out for: to link an account while signed in, to take an invitation, or just to sign in.</summary>
public sealed record ArrivalWish(Guid? LinkTo, Guid? Invited, string? Token);

public sealed record ArrivalOutcome(CrmUser? User, ProviderRefusal? Refusal);

/// <summary>Finds, links or creates the user of whom a provider has vouched for. Runs as the system: nobody is signed in yet.</summary>
public sealed class ProviderArrival(CrmDbContext db, UserManager<CrmUser> users, UserAccounts accounts, LinkedAccounts links, RolesFromClaims roles, TimeProvider time)
{
    public async Task<ArrivalOutcome> ArriveAsync(SignInProvider provider, ProviderPerson person, ArrivalWish wish, CancellationToken cancel)
    {
        var outcome = await FindAsync(provider, person, wish, cancel);
        if (outcome.User is { IsEnabled: false }) outcome = new(outcome.User, ProviderRefusal.UserDisabled);
        if (outcome is { Refusal: null, User: { } user })
        {
            if (wish.LinkTo is not null) return outcome;
            await roles.ApplyAsync(provider, person, user, cancel);
            await NoteAsync("SignedIn", provider, user, null, cancel);
        }
        else await NoteAsync("SignInFailed", provider, outcome.User, outcome.Refusal, cancel);
        return outcome.Refusal is null ? outcome : new(null, outcome.Refusal);
    }

    async Task<ArrivalOutcome> FindAsync(SignInProvider provider, ProviderPerson person, ArrivalWish wish, CancellationToken cancel)
    {
        var known = await links.FindUserAsync(provider, person, cancel);
        if (wish.LinkTo is { } me)
        {
            if (known is not null) return known.Id == me ? new(known, null) : new(null, ProviderRefusal.LinkedElsewhere);
            return await users.FindByIdAsync(me.ToString()) is { } user ? await LinkAsync(provider, person, user, cancel) : new(null, ProviderRefusal.Unknown);
        }
        if (wish.Invited is { } invited) return known is null ? await TakeInvitationAsync(provider, person, invited, wish.Token ?? "", cancel) : new(null, ProviderRefusal.LinkedElsewhere);
        if (known is not null) return new(known, null);
        return provider.UnknownPersons == UnknownPersons.Refuse ? new(null, ProviderRefusal.Unknown) : await ByMailAsync(provider, person, cancel);
    }

    async Task<ArrivalOutcome> TakeInvitationAsync(SignInProvider provider, ProviderPerson person, Guid invited, string token, CancellationToken cancel)
    {
        var link = new PasswordLink(PasswordLink.Invitation, token);
        if (await users.FindByIdAsync(invited.ToString()) is not { IsEnabled: true } user || !await users.VerifyUserTokenAsync(user, link.Provider, link.Purpose, token)) return new(null, ProviderRefusal.InvitationGone);
        var outcome = await LinkAsync(provider, person, user, cancel);
        if (outcome.Refusal is not null) return outcome;
        (user.EmailConfirmed, user.MustChangePassword) = (true, false);
        await users.UpdateSecurityStampAsync(user); // uses the invitation up
        return outcome;
    }

    async Task<ArrivalOutcome> ByMailAsync(SignInProvider provider, ProviderPerson person, CancellationToken cancel)
    {
        var mail = person.HasVerifiedMail ? users.NormalizeEmail(person.Mail) : null;
        var same = mail is null ? [] : await db.Users.Where(u => u.NormalizedEmail == mail).Take(2).ToListAsync(cancel);
        if (same.Count > 1) return new(null, ProviderRefusal.MailAmbiguous);
        if (same is [var user]) return user.IsEnabled ? await LinkAsync(provider, person, user, cancel) : new(user, ProviderRefusal.UserDisabled);
        if (provider.UnknownPersons == UnknownPersons.Create) return await CreateAsync(provider, person, cancel);
        return new(null, mail is null ? ProviderRefusal.MailUnverified : ProviderRefusal.Unknown);
    }

    async Task<ArrivalOutcome> CreateAsync(SignInProvider provider, ProviderPerson person, CancellationToken cancel)
    {
        var given = await db.Set<ProviderRole>().Where(r => r.ProviderId == provider.Id && r.Claim == null).Join(db.Roles, p => p.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(cancel);
        foreach (var name in person.UserNames)
        {
            if (await users.FindByNameAsync(name) is not null) continue;
            var user = new CrmUser { UserName = name, DisplayName = person.Name, Email = person.HasVerifiedMail ? person.Mail : null, EmailConfirmed = person.HasVerifiedMail };
            return await accounts.CreateAsync(user, null, given, cancel) is { Count: > 0 } ? new(null, ProviderRefusal.NameTaken) : await LinkAsync(provider, person, user, cancel);
        }
        return new(null, ProviderRefusal.NameTaken);
    }

    async Task<ArrivalOutcome> LinkAsync(SignInProvider provider, ProviderPerson person, CrmUser user, CancellationToken cancel) =>
        await links.LinkAsync(provider, person, user, cancel) ? new(user, null) : new(null, ProviderRefusal.HasAnother);

    async Task NoteAsync(string action, SignInProvider provider, CrmUser? user, ProviderRefusal? refusal, CancellationToken cancel)
    {
        db.Audit(time, action, IdentityAudit.User, user?.Id, new { provider = provider.Name, reason = refusal?.ToString() }, by: user?.Id);
        await db.SaveChangesAsync(cancel);
    }
}
