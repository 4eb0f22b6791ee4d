using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Platform.Identity.OpenId;

[Feature(Id)]
public sealed class OpenIdClientStartup : StartupBase
{
    public const string Id = "TcCrm.OpenId.Client";
    public const string ManageProviders = nameof(ManageProviders);

    public override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<ProviderHttp>().AddSingleton<ProviderSecrets>().AddSingleton<ProviderHandlers>()
            .AddScoped<SignInProviders>().AddScoped<LinkedAccounts>().AddScoped<RolesFromClaims>().AddScoped<ProviderArrival>().AddScoped<ConnectionTest>();

    public override void Contribute(Contributions contributions) => contributions
        .Add(new Permission(ManageProviders, "Manage providers for single sign-on") { IsSecurityCritical = true })
        .Add(new MenuItem("Administration", "Single sign-on", "lock-access", "~/sign-in-providers", ManageProviders, 1016))
        .Add(new SignInPanel("ProviderButtons"))
        .Add(new AccountPanel("LinkedAccounts", 10))
        .Add(new UserPanel("UserLinkedAccounts"))
        .Add<ISignOutElsewhere, SignOutAtProvider>();

    public override void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapOpenIdClient();
}
