using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Contents.Items;
using TcCrm.Platform.Data;

namespace TcCrm.Contents.Definitions;

/// <summary>The content types and parts of the tenant.</summary>
public sealed class ContentDefinitions(CrmDbContext db)
{
    DbSet<ContentDefinition> Rows => db.Set<ContentDefinition>();

    public Task<bool> HasTypeAsync(string name, CancellationToken cancel) => Rows.AnyAsync(d => !d.IsPart && d.Name == name, cancel);

    public Task<List<string>> TypeNamesAsync(CancellationToken cancel) => Rows.Where(d => !d.IsPart).OrderBy(d => d.Id).Select(d => d.Name).ToListAsync(cancel);

    public async Task<bool> IsVersionableAsync(string type, CancellationToken cancel) =>
        await Rows.AsNoTracking().FirstOrDefaultAsync(d => !d.IsPart && d.Name == type, cancel) is not { IsVersionable: false };

    /// <summary>Every type with its parts and fields, by name.</summary>
    public async Task<IReadOnlyList<TypeShape>> ShapesAsync(CancellationToken cancel)
    {
        var parts = (await AllAsync(parts: true, cancel)).ToDictionary(p => p.Name, StringComparer.Ordinal);
        return [.. (await AllAsync(parts: false, cancel)).Select(t => TypeShape.Of(t, parts))];
    }

    /// <summary>In the order in which they were made.</summary>
    public Task<List<ContentDefinition>> AllAsync(bool parts, CancellationToken cancel) => Rows.AsNoTracking().Where(d => d.IsPart == parts).OrderBy(d => d.Id).ToListAsync(cancel);

    /// <summary>Adds to what is there; takes nothing away.</summary>
    public async Task MergeAsync(JsonObject written, bool isPart, CancellationToken cancel)
    {
        var json = DefinitionJson.Canonical(written);
        if (await FindAsync(DefinitionJson.NameOf(json)!, isPart, cancel) is not { } row)
        {
            Rows.Add(new() { IsPart = isPart, Name = DefinitionJson.NameOf(json)!, Json = ContentJson.Write(json) });
            return;
        }
        var merged = row.Read();
        DefinitionJson.Merge(merged, json);
        row.Json = ContentJson.Write(merged);
    }

    public async Task ReplaceAsync(JsonObject written, bool isPart, CancellationToken cancel)
    {
        var json = DefinitionJson.Canonical(written);
        if (await FindAsync(DefinitionJson.NameOf(json)!, isPart, cancel) is { } row) row.Json = ContentJson.Write(json);
        else Rows.Add(new() { IsPart = isPart, Name = DefinitionJson.NameOf(json)!, Json = ContentJson.Write(json) });
    }

    /// <summary>Content items of the type stay.</summary>
    public async Task DeleteAsync(string name, bool isPart, CancellationToken cancel)
    {
        if (await FindAsync(name, isPart, cancel) is { } row) Rows.Remove(row);
    }

    /// <summary>Also what the same step has just added.</summary>
    async Task<ContentDefinition?> FindAsync(string name, bool isPart, CancellationToken cancel) =>
        Rows.Local.FirstOrDefault(d => d.IsPart == isPart && d.Name == name) ?? await Rows.FirstOrDefaultAsync(d => d.IsPart == isPart && d.Name == name, cancel);
}
