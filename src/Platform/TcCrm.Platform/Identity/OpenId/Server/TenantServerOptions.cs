using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>One provider for each tenant in one container: the options differ in the tenant's keys and are made when its provider is first asked.</summary>
sealed class TenantServerOptions(IOptionsFactory<OpenIddictServerOptions> factory, OpenIdKeys keys) : IOptionsMonitor<OpenIddictServerOptions>
{
    readonly ConcurrentDictionary<string, (OpenIdKeySet Keys, OpenIddictServerOptions Options)> _made = new();

    public OpenIddictServerOptions CurrentValue
    {
        get
        {
            var current = keys.Current();
            if (_made.TryGetValue(AmbientTenant.Name!, out var known) && known.Keys == current) return known.Options;
            return (_made[AmbientTenant.Name!] = (current, factory.Create(Options.DefaultName))).Options;
        }
    }

    public OpenIddictServerOptions Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<OpenIddictServerOptions, string?> listener) => null;
}

sealed class TakeTenantKeys(OpenIdKeys keys) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        foreach (var (signing, sealing) in keys.Current().Keys)
        {
            options.SigningCredentials.Add(new(signing, SecurityAlgorithms.RsaSha256));
            options.EncryptionCredentials.Add(new(sealing, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        }
    }
}
