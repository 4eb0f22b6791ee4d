using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Identity.OpenId;
using TcCrm.Platform.Permissions;

namespace TcCrm.Tests.Identity.OpenId;

public sealed class TokenTests(ProviderSite site) : IClassFixture<ProviderSite>
{
    const string Me = "/t/acme/api/v1/me";

    [Fact]
    public async Task Only_an_unchanged_token_of_this_company_for_this_API_opens_it_and_only_in_time()
    {
        var host = site.Host;
        await host.CreateCompanyAsync("other");
        await ProviderTests.EnableAsync(host, "other");
        var service = await Partner.RegisterAsync(host, "acme", "Nightly", form => (form.RedirectAddresses, form.ServiceUser) = (null, "clerk"));
        var foreign = await Partner.RegisterAsync(host, "other", "Nightly", form => (form.RedirectAddresses, form.ServiceUser) = (null, "clerk"));
        var token = (await service.TokenAsync(("grant_type", "client_credentials")))["access_token"]!;
        var known = new JsonWebToken(token);
        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(host, token, Me)).Status);

        await RefusedAsync(host, (await foreign.TokenAsync(("grant_type", "client_credentials")))["access_token"]!, "not one of this company");
        await RefusedAsync(host, $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}")}.{known.EncodedPayload}.", "not valid");
        await RefusedAsync(host, $"{known.EncodedHeader}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(known.EncodedPayload).Replace("clerk", "chief", StringComparison.Ordinal) + " ")}.{known.EncodedSignature}", "not valid");
        await RefusedAsync(host, await SignAsync(host, known, new() { Audience = "https://elsewhere.example/api" }), "meant for something else");
        await RefusedAsync(host, await SignAsync(host, known, new() { Issuer = "https://localhost/t/other" }), "not one of this company");
        await RefusedAsync(host, await SignAsync(host, known, new() { Expires = DateTime.UnixEpoch.AddYears(50), NotBefore = DateTime.UnixEpoch, IssuedAt = DateTime.UnixEpoch }), "expired");
        await RefusedAsync(host, await SignAsync(host, known, new() { TokenType = "JWT" }), "not valid");
        await RefusedAsync(host, await SignAsync(host, known, new() { Claims = new Dictionary<string, object> { ["oi_tkn_id"] = Guid.CreateVersion7().ToString() } }), "revoked");
        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(host, await SignAsync(host, known, new()), Me)).Status); // what differs above is the reason
    }

    [Fact]
    public async Task Scopes_leave_an_administrator_no_more_than_they_say()
    {
        var host = site.Host;
        var service = await Partner.RegisterAsync(host, "acme", "Reader", form => (form.RedirectAddresses, form.ServiceUser, form.Scopes) = (null, "chief", ["View_customers.customer"]));
        var none = await Partner.RegisterAsync(host, "acme", "Nobody", form => (form.RedirectAddresses, form.ServiceUser, form.Scopes) = (null, "chief", []));
        var token = (await service.TokenAsync(("grant_type", "client_credentials")))["access_token"];

        Assert.Equal(HttpStatusCode.OK, (await Partner.CallAsync(host, token, "/t/acme/api/v1/customers.customer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Partner.CallAsync(host, token, "/t/acme/api/v1/customers.contact")).Status);
        var bare = (await none.TokenAsync(("grant_type", "client_credentials")))["access_token"];
        Assert.Equal(HttpStatusCode.NotFound, (await Partner.CallAsync(host, bare, "/t/acme/api/v1/customers.customer")).Status);
    }

    [Fact]
    public async Task A_program_with_fewer_rights_does_not_take_the_reach_of_its_user_for_its_own()
    {
        var clerk = await site.Host.IdOfAsync("acme", "clerk");
        Assert.True(await ReachesManyAsync([new(ClaimTypes.NameIdentifier, clerk), new(ClaimTypes.Role, "Staff")], counted: true));
        Assert.False(await ReachesManyAsync([new(ClaimTypes.NameIdentifier, clerk), new(ClaimTypes.Role, "Staff"), new(CurrentUser.LimitClaim, "View_customers.contact")], counted: false));
    }

    Task<bool> ReachesManyAsync(Claim[] claims, bool counted) => site.Host.InAsync("acme", services =>
    {
        services.GetRequiredService<CurrentUser>().RunAs(new(new ClaimsIdentity(claims, "Test")));
        return services.GetRequiredService<Access>().ReachesManyAsync("customers.customer", RecordRight.View, () => Task.FromResult(counted)).AsTask();
    });

    static async Task RefusedAsync(TestHost host, string token, string reason)
    {
        var (status, text) = await Partner.CallAsync(host, token, Me);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    /// <summary>The known token with other words in it, rightly signed with the company's own key.</summary>
    static Task<string> SignAsync(TestHost host, JsonWebToken known, SecurityTokenDescriptor words) => host.InAsync("acme", services =>
    {
        words.Issuer ??= known.Issuer;
        words.Audience ??= known.Audiences.Single();
        words.TokenType ??= "at+jwt";
        words.Expires ??= known.ValidTo;
        var claims = new Dictionary<string, object> { ["sub"] = known.Subject, ["scope"] = known.GetClaim("scope").Value, ["oi_tkn_id"] = known.GetClaim("oi_tkn_id").Value };
        foreach (var (name, value) in words.Claims ?? new Dictionary<string, object>()) claims[name] = value;
        words.Claims = claims;
        words.SigningCredentials = new(services.GetRequiredService<OpenIdKeys>().Current().Keys[0].Signing, SecurityAlgorithms.RsaSha256);
        return Task.FromResult(new JsonWebTokenHandler().CreateToken(words));
    });
}
