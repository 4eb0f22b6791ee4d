using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Tenants;

/// <summary>Everywhere a tenant could have left something: folders and databases, also those built aside.</summary>
static class TenantPlaces
{
    public static IReadOnlyList<string> Of(TestHost host, string tenant)
    {
        var stores = new[] { tenant, "0-" + tenant, "1-" + tenant };
        var folders = stores.Select(s => host.Services.GetRequiredService<TenantFolders>().PathOf(s)).Where(Directory.Exists);
        var engine = host.Services.GetRequiredService<TenantDatabases>().Engine(host.Engine);
        var databases = stores.ToAsyncEnumerable().Where(async (s, cancel) => await engine.ExistsAsync(s, cancel));
        return [.. folders, .. databases.ToBlockingEnumerable()];
    }
}
