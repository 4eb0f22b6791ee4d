using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity;

public sealed record Credentials(string Name, string Password, bool Remember);

/// <summary>Where a try to sign in has led: refused with a text, or in; <paramref name="Elsewhere"/> when it goes on at another address than this page.</summary>
public sealed record Arrival(Func<IText, string>? Refused, string? Elsewhere = null)
{
    /// <summary>The password was right, and here a code is asked for.</summary>
    public bool NeedsCode { get; init; }
}

/// <summary>Signs somebody in to a company, from its own page or from the common one. The password is checked inside the company.</summary>
public sealed class CompanySignIn(TenantContext here, TenantRegistry registry, TenantScopes scopes, SignInLimits limits, SignInCheck check, IServiceProvider services)
{
    public async Task<Arrival> SignInAsync(HttpContext http, string code, Credentials given, CancellationToken cancel)
    {
        if (await limits.WaitForTryAsync(TooManyTries.AddressOf(http), code, given.Name, cancel) is { } wait) return new(text => TooManyTries.Refuse(http, wait, text));
        if (code == here.Snapshot.Tenant.Name) return await HereAsync(http, given, cancel);
        if (registry.Find(code) is not { State: TenantState.Running } company) return await NowhereAsync(code, given, cancel);
        if (company.Host is { } host) return new(null, $"{http.Request.Scheme}://{host.Split([',', ' '])[0]}/sign-in");
        return await ThereAsync(http, company, given, cancel);
    }

    async Task<Arrival> HereAsync(HttpContext http, Credentials given, CancellationToken cancel)
    {
        var outcome = await check.CheckAsync(given.Name, given.Password, cancel);
        if (outcome.User is not { } user) return new(outcome.Text);
        KeepLanguage(http, user, http.Request.PathBase);
        if (outcome.NeedsCode) HandOver.Give(http, SignInStage.Code, http.Request.PathBase, services.GetRequiredService<HandOver>().ProofFor(SignInStage.Code, user, given.Remember));
        else await Sessions.SignInAsync(http, user, given.Remember);
        return new(Refused: null) { NeedsCode = outcome.NeedsCode };
    }

    async Task<Arrival> ThereAsync(HttpContext http, Tenant company, Credentials given, CancellationToken cancel)
    {
        var (outcome, proof) = await scopes.RunAsync(company.Name, async inside =>
        {
            var outcome = await inside.GetRequiredService<SignInCheck>().CheckAsync(given.Name, given.Password, cancel);
            return (outcome, outcome.User is { } user ? inside.GetRequiredService<HandOver>().ProofFor(outcome.NeedsCode ? SignInStage.Code : SignInStage.Enter, user, given.Remember) : null);
        }, cancel);
        if (proof is null) return new(outcome.Text);
        var stage = outcome.NeedsCode ? SignInStage.Code : SignInStage.Enter;
        HandOver.Give(http, stage, company.PathBase, proof);
        KeepLanguage(http, outcome.User!, company.PathBase);
        return new(null, company.PathBase + stage.Path);
    }

    /// <summary>A company that does not exist answers like one that does, and as slowly.</summary>
    async Task<Arrival> NowhereAsync(string code, Credentials given, CancellationToken cancel)
    {
        var rules = here.Snapshot.Identity.Lockout;
        var number = await limits.NextUnknownAsync(code, given.Name, rules.DefaultLockoutTimeSpan, cancel);
        var hasher = services.GetRequiredService<IPasswordHasher<CrmUser>>();
        await services.GetRequiredService<PasswordHashing>().RunAsync(() => Task.FromResult(hasher.HashPassword(new(), given.Password)), cancel);
        return new(new SignInOutcome(null, Math.Max(0, rules.MaxFailedAccessAttempts - number), rules.DefaultLockoutTimeSpan).Text);
    }

    static void KeepLanguage(HttpContext http, CrmUser user, PathString at)
    {
        if (user.Language is { Length: > 0 } language)
            http.Response.Cookies.Append(RequestLanguage.Cookie, language, new() { Path = at.HasValue ? at.Value : "/", MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true });
    }
}
