using System.IO.Compression;
using System.Text.Json;

namespace TcCrm.Platform.Tenants.Backups;

/// <summary>What an archive says of itself, in <c>backup.json</c>.</summary>
/// <param name="Migrations">PostgreSQL: the migrations it has had, by module.</param>
public sealed record BackupManifest(int Format, string Product, string Tenant, string? Title, string? Recipe, string Engine, DateTime MadeAt, IReadOnlyDictionary<string, long[]> Migrations)
{
    public const int Known = 1;
    const string Entry = "backup.json";

    public static BackupManifest Of(Tenant tenant, IReadOnlyDictionary<string, long[]> migrations, DateTime now) =>
        new(Known, typeof(BackupManifest).Assembly.GetName().Version!.ToString(3), tenant.Name, tenant.Title, tenant.Recipe, tenant.Engine, now, migrations);

    public async Task WriteAsync(ZipArchive archive, CancellationToken cancel)
    {
        await using var stream = await archive.CreateEntry(Entry).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(stream, this, JsonSerializerOptions.Web, cancel);
    }

    /// <exception cref="BusinessRuleException">It is not a backup, or a later version made it.</exception>
    public static async Task<BackupManifest> ReadAsync(ZipArchive archive, CancellationToken cancel)
    {
        try
        {
            if (archive.GetEntry(Entry) is not { Length: < 1 << 20 } entry) throw new BusinessRuleException("This file is not a backup of a tenant.");
            await using var stream = await entry.OpenAsync(cancel);
            var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(stream, JsonSerializerOptions.Web, cancel);
            return manifest is { Format: Known, Engine: "sqlite" or "postgres" } ? manifest : throw new BusinessRuleException("This backup was made by a version that is not known here.");
        }
        catch (JsonException)
        {
            throw new BusinessRuleException("This file is not a backup of a tenant.");
        }
    }
}
