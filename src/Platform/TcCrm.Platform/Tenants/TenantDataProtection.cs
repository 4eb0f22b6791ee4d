using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.DataProtection;

namespace TcCrm.Platform.Tenants;

/// <summary>
/// Protects with the key ring of the tenant: sign-in cookie, antiforgery, TempData and mailed tokens of one tenant mean nothing in another.
/// Consumers keep their protector for the life of the process, so the tenant is looked up at each call. Without a tenant the host's own ring serves.
/// </summary>
public sealed class TenantDataProtection(IDataProtectionProvider host, TenantKeys keys) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new Protector(host, keys, [purpose]);

    sealed class Protector(IDataProtectionProvider host, TenantKeys keys, string[] purposes) : IDataProtector
    {
        readonly ConditionalWeakTable<IDataProtectionProvider, IDataProtector> _byRing = [];

        public IDataProtector CreateProtector(string purpose) => new Protector(host, keys, [.. purposes, purpose]);
        public byte[] Protect(byte[] plaintext) => OfTenant().Protect(plaintext);
        public byte[] Unprotect(byte[] protectedData) => OfTenant().Unprotect(protectedData);

        IDataProtector OfTenant() => _byRing.GetValue(AmbientTenant.Name is { } tenant ? keys.Of(tenant) : host, ring => ring.CreateProtector(purposes));
    }
}
