using Microsoft.Extensions.Options;

namespace TcCrm.Platform.Tenants;

/// <summary>What a tenant keeps on disk: uploaded files, key ring, search indexes, and on SQLite the database.</summary>
public sealed class TenantFolders(IOptions<TcCrmOptions> options)
{
    public string PathOf(string store) => Path.Combine(Path.GetFullPath(options.Value.DataPath), "tenants", store);

    /// <summary>Does nothing where the engine has moved the folder already.</summary>
    public void Move(string from, string to)
    {
        if (Directory.Exists(PathOf(from))) Directory.Move(PathOf(from), PathOf(to));
    }

    public void Delete(string store)
    {
        if (Directory.Exists(PathOf(store))) Directory.Delete(PathOf(store), recursive: true);
    }

    /// <summary>Bytes of everything in the folder but the database.</summary>
    public long SizeOf(string store) => Directory.Exists(PathOf(store))
        ? new DirectoryInfo(PathOf(store)).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => !f.Name.StartsWith("crm.db", StringComparison.Ordinal)).Sum(f => f.Length)
        : 0;
}
