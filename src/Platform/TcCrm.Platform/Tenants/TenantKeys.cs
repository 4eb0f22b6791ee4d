using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm.Platform.Tenants;

/// <summary>A key ring for each tenant, in its own folder: a backup carries it along, and whoever holds one tenant's keys holds nobody else's.</summary>
public sealed class TenantKeys(TenantRegistry registry, TenantFolders folders)
{
    readonly ConcurrentDictionary<(string Name, DateTime Since), IDataProtectionProvider> _rings = new();

    /// <summary>A tenant that was removed and set up again has another ring, so that nothing of the old one counts.</summary>
    public IDataProtectionProvider Of(string tenant) =>
        _rings.GetOrAdd((tenant, registry.Find(tenant)?.CreatedAt ?? default), static (key, keys) => keys.Open(key.Name), this);

    /// <summary>Lets go of the ring of a tenant that nobody uses; it is read again when it is needed.</summary>
    public void Forget(string tenant)
    {
        foreach (var key in _rings.Keys.Where(k => k.Name == tenant)) _rings.TryRemove(key, out _);
    }

    IDataProtectionProvider Open(string tenant)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("TcCrm");
        services.Configure<KeyManagementOptions>(o => o.XmlRepository = new KeyFolder(() => Path.Combine(folders.PathOf(registry.Find(tenant)?.Store ?? tenant), "keys")));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }

    /// <summary>The folder is asked for at each call: set-up renames it.</summary>
    sealed class KeyFolder(Func<string> folder) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() =>
            Directory.Exists(folder()) ? [.. Directory.EnumerateFiles(folder(), "*.xml").Select(file => XElement.Load(file))] : [];

        public void StoreElement(XElement element, string friendlyName)
        {
            CreatePrivate(folder());
            var draft = Path.Combine(folder(), Guid.CreateVersion7().ToString("N"));
            element.Save(draft);
            File.Move(draft, Path.Combine(folder(), friendlyName + ".xml"));
        }

        static void CreatePrivate(string path)
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
