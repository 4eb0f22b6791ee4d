using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Tests.Identity.OpenId;

public sealed class TokenLifeTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    const string Me = "/t/acme/api/v1/me";
    static readonly (string, string) AsService = ("grant_type", "client_credentials");

    [Fact]
    public async Task Whoever_asks_too_often_waits_even_with_the_right_secret_and_others_do_not()
    {
        var (service, other) = (await site.RegisterServiceAsync("clerk"), await site.RegisterServiceAsync("clerk"));
        var right = service.Secret;
        service.Secret = "guessed";
        for (var i = 0; i < ProviderSite.Most; i++) Assert.Equal("invalid_client", (await service.TokenAsync(AsService))["error"]);

        service.Secret = right;
        var refused = await service.TokenAsync(AsService);
        Assert.Equal((HttpStatusCode.TooManyRequests, "slow_down"), (refused.Status, refused["error"]));
        Assert.Contains("from this address", refused["error_description"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.TokenAsync(AsService)).Status);
    }

    [Fact]
    public async Task A_new_key_signs_what_is_new_and_the_retired_one_counts_until_nothing_of_it_can_be_shown()
    {
        var service = await site.RegisterServiceAsync("clerk");
        var old = await TokenAsync(service);
        Assert.False(await RotateAsync(days: 89));
        Assert.True(await RotateAsync(days: 91));

        var fresh = await TokenAsync(service);
        Assert.NotEqual(KeyOf(old), KeyOf(fresh));
        foreach (var token in new[] { old, fresh }) Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(site.Host, token, Me)).Status);
        Assert.Equal("true", (await service.PostAsync("introspect", ("token", old)))["active"], ignoreCase: true);
        Assert.Contains(KeyOf(old), await Partner.Client(site.Host).GetStringAsync("/t/acme/.well-known/jwks"), StringComparison.Ordinal);

        Assert.True(await RotateAsync(days: 182));
        Assert.Contains("not one of this company", (await Partner.CallAsync(site.Host, old, Me)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(site.Host, fresh, Me)).Status);
    }

    [Fact]
    public async Task Expired_tokens_and_grants_taken_back_are_forgotten_and_remembered_grants_stay()
    {
        var (kept, taken) = (await site.RegisterAsync("Kept"), await site.RegisterAsync("Taken"));
        var clerk = await ProviderTests.SignedInAsync(site.Host, "clerk");
        foreach (var partner in new[] { kept, taken }) await partner.RedeemAsync(await partner.CodeAsync(clerk));
        var current = await TokenAsync(await site.RegisterServiceAsync("clerk"));
        var (past, keys) = (TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2), new[] { kept.Key, taken.Key });
        await site.WriteAsync(db => db.Set<OpenIdAuthorization>().Where(a => a.Application!.Id == taken.Key).ExecuteUpdateAsync(s => s.SetProperty(a => a.Status, Statuses.Revoked)));
        await site.WriteAsync(db => db.Set<OpenIdAuthorization>().Where(a => keys.Contains(a.Application!.Id)).ExecuteUpdateAsync(s => s.SetProperty(a => a.CreationDate, past)));
        Assert.Equal(8, await site.WriteAsync(db => db.Set<OpenIdToken>().Where(t => keys.Contains(t.Application!.Id)).ExecuteUpdateAsync(s => s.SetProperty(t => t.ExpirationDate, past)))); // code, access, refresh and identity token of each

        await site.Host.InAsync("acme", s => s.GetRequiredService<PruneOpenIdTokens>().RunAsync(default));
        Assert.Equal(0, await site.WriteAsync(db => db.Set<OpenIdToken>().CountAsync(t => keys.Contains(t.Application!.Id))));
        Assert.Equal(kept.Key, await site.Host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<OpenIdAuthorization>().Where(a => keys.Contains(a.Application!.Id)).Select(a => a.Application!.Id).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(site.Host, current, Me)).Status);
        Assert.Equal(HttpStatusCode.Found, (await clerk.GetAsync(kept.Ask())).StatusCode); // not asked again
    }

    [Fact]
    public async Task What_an_application_revokes_opens_nothing_and_only_its_own_is_revoked()
    {
        var (partner, other) = (await site.RegisterAsync(), await site.RegisterAsync("Other"));
        var tokens = await partner.RedeemAsync(await partner.CodeAsync(await ProviderTests.SignedInAsync(site.Host, "clerk")));

        await other.PostAsync("revoke", ("token", tokens["access_token"]!)); // is not told whether there is such a token
        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(site.Host, tokens["access_token"], Me)).Status);
        Assert.Equal(HttpStatusCode.OK, (await partner.PostAsync("revoke", ("token", tokens["access_token"]!))).Status);
        Assert.Contains("revoked", (await Partner.CallAsync(site.Host, tokens["access_token"], Me)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await partner.PostAsync("revoke", ("token", tokens["refresh_token"]!))).Status);
        Assert.Equal("invalid_grant", (await partner.RefreshAsync(tokens["refresh_token"]!))["error"]);
    }

    [Theory]
    [InlineData("openid", "sub")]
    [InlineData("openid profile", "name preferred_username sub")]
    [InlineData("openid email", "email email_verified sub")]
    [InlineData("openid roles", "role sub")]
    public async Task Of_a_user_is_told_what_the_scopes_name(string scope, string told)
    {
        var partner = await site.RegisterAsync("Partner", form => form.Scopes = ["profile", "email", "roles"]);
        var clerk = await ProviderTests.SignedInAsync(site.Host, "clerk");
        var tokens = await partner.RedeemAsync(await partner.CodeAsync(clerk, partner.Ask(scope: scope)));
        var (status, text) = await Partner.CallAsync(site.Host, tokens["access_token"], "/t/acme/connect/userinfo");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(told, string.Join(' ', System.Text.Json.JsonDocument.Parse(text).RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
        string[] about = ["name", "preferred_username", "email", "email_verified", "role", "sub"];
        Assert.Equal(told, string.Join(' ', new JsonWebToken(tokens["id_token"]).Claims.Select(c => c.Type).Where(about.Contains).Order(StringComparer.Ordinal)));
    }

    static string KeyOf(string token) => new JsonWebToken(token).Kid;

    static async Task<string> TokenAsync(Partner service) => (await service.TokenAsync(AsService))["access_token"]!;

    /// <summary>As the daily job does, so many days from now.</summary>
    Task<bool> RotateAsync(int days) => site.Host.InAsync("acme", s => Task.FromResult(ActivatorUtilities.CreateInstance<OpenIdKeys>(s, (TimeProvider)new Later(TimeSpan.FromDays(days))).Rotate()));

    sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
