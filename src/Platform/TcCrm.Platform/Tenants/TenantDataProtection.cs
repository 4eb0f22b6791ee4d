using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;

namespace TcCrm.Platform.Tenants;

/// <summary>
/// Adds the tenant to every purpose: sign-in cookie, antiforgery, TempData and mailed tokens of one tenant mean nothing in another.
/// Consumers keep their protector for the life of the process, so the tenant is looked up at each call.
/// </summary>
public sealed class TenantDataProtection(IDataProtectionProvider inner) : IDataProtectionProvider
{
    public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose));

    sealed class Protector(IDataProtector inner) : IDataProtector
    {
        readonly ConcurrentDictionary<string, IDataProtector> _byTenant = new(StringComparer.Ordinal);

        public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose));
        public byte[] Protect(byte[] plaintext) => OfTenant().Protect(plaintext);
        public byte[] Unprotect(byte[] protectedData) => OfTenant().Unprotect(protectedData);

        IDataProtector OfTenant() => _byTenant.GetOrAdd(
            AmbientTenant.Name ?? "", static (tenant, root) => root.CreateProtector("tenant:" + tenant), inner);
    }
}
