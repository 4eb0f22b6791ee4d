using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity.OpenId;

namespace TcCrm.Tests.Identity.OpenId;

/// <summary>One host for a whole class, with the company <c>acme</c> as a provider. An application may ask for twenty tokens in five minutes.</summary>
public sealed class ProviderSite : IAsyncLifetime
{
    public const int Most = 20;

    public TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ProviderTests.StartAsync(settings: new Dictionary<string, string> { ["TcCrm:OpenId:TokensPerApplication"] = $"{Most}" });

    public Task<Partner> RegisterAsync(string name = "Partner", Action<ApplicationForm>? change = null) => Partner.RegisterAsync(Host, "acme", name, change);

    /// <summary>An application that works as the user.</summary>
    public Task<Partner> RegisterServiceAsync(string user) => RegisterAsync("Nightly", form => (form.RedirectAddresses, form.ServiceUser) = (null, user));

    public Task<int> WriteAsync(Func<CrmDbContext, Task<int>> work) => Host.InAsync("acme", s => work(s.GetRequiredService<CrmDbContext>()));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
