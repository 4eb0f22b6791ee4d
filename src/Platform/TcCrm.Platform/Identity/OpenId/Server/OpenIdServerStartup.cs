using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using TcCrm.Platform.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TcCrm.Platform.Identity.OpenId;

[Feature(Id)]
public sealed class OpenIdServerStartup : StartupBase
{
    public const string Id = "TcCrm.OpenId.Server";
    public const string ManageApplications = nameof(ManageApplications);

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddOpenIddict().AddCore(core =>
        {
            core.UseEntityFrameworkCore().UseDbContext<CrmDbContext>().ReplaceDefaultEntities<OpenIdApplication, OpenIdAuthorization, OpenIddictEntityFrameworkCoreScope<Guid>, OpenIdToken, Guid>();
            core.ReplaceApplicationStore<OpenIdApplication, EnabledApplications>().ReplaceTokenStore<OpenIdToken, GatedTokens>();
        });
        HandlersOnDemand.AddServer(services);
        Describe(new OpenIddictServerBuilder(services), new OpenIddictServerAspNetCoreBuilder(services));
        services.AddSingleton<OpenIdKeys>().AddSingleton<IConfigureOptions<OpenIddictServerOptions>, TakeTenantKeys>().AddSingleton<IOptionsMonitor<OpenIddictServerOptions>, TenantServerOptions>();
        services.AddSingleton<IAuthenticationSchemeProvider, OpenIdSchemes>();
        services.AddOptions<OpenIddictServerAspNetCoreOptions>().Configure<IConfiguration>((o, configuration) => o.DisableTransportSecurityRequirement = configuration.GetValue("TcCrm:OpenId:AllowHttp", false));
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AccessTokenAuthentication>(AccessTokenAuthentication.Scheme, null);
        services.AddScoped<OpenIdPrincipals>().AddScoped<OpenIdGrants>().AddScoped<Applications>().AddScoped<ScopeWords>();
    }

    static void Describe(OpenIddictServerBuilder server, OpenIddictServerAspNetCoreBuilder web)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetIntrospectionEndpointUris("connect/introspect")
            .SetRevocationEndpointUris("connect/revoke").SetUserInfoEndpointUris("connect/userinfo").SetEndSessionEndpointUris("connect/logout");
        server.AllowAuthorizationCodeFlow().AllowClientCredentialsFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Profile, Scopes.Email, Scopes.Roles).DisableScopeValidation(); // the others are permissions of the tenant; each application has its list
        server.DisableAccessTokenEncryption().SetAccessTokenLifetime(TimeSpan.FromMinutes(30)).SetRefreshTokenLifetime(TimeSpan.FromDays(14)).SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        server.Configure(o =>
        {
            o.ResponseModes.IntersectWith([ResponseModes.Query]); // the others answer with scripts, or hand codes to them
            o.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
        });
        web.EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough().EnableEndSessionEndpointPassthrough();
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseScopedHandler<TokenLimit>().SetOrder(TokenLimit.Order));
    }

    public override void Contribute(Contributions contributions) => contributions
        .Add(new Permission(ManageApplications, "Manage applications that sign in here") { IsSecurityCritical = true })
        .Add(new MenuItem("Administration", "Applications", "plug", "~/applications", ManageApplications, 1017))
        .Add(new BearerTokens(AccessTokenAuthentication.Scheme))
        .Add(new AccountPanel("GrantedApplications", 20))
        .Add<IPeriodicJob, PruneOpenIdTokens>();

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapOpenIdServer();
}
