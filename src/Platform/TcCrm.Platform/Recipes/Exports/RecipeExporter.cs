using System.Text.Encodings.Web;
using System.Text.Json;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Exports;

/// <summary>Writes the current tenant as a recipe, step by step, so that memory does not grow with it.</summary>
public sealed class RecipeExporter(ITenantCatalogue catalogue, CrmDbContext db, TimeProvider time)
{
    static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSerializerOptions Compact = new() { Encoder = Writing.Encoder };

    /// <summary>In the order in which they run.</summary>
    public IReadOnlyList<RecipePart> Parts => field ??= [.. catalogue.Of<IRecipeExport>().SelectMany(e => e.Parts).OrderBy(p => p.Order)];

    /// <summary>The caller has checked the right. Who exported what is in the audit log before the first byte leaves.</summary>
    /// <param name="ids">Of parts; null takes all that is no data.</param>
    /// <exception cref="BusinessRuleException">There is no such part; nothing has been written.</exception>
    public async Task WriteAsync(IReadOnlyList<string>? ids, Stream stream, CancellationToken cancel)
    {
        var chosen = Choose(ids);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "ExportedTenant", Details = JsonSerializer.Serialize(new { Parts = chosen }) });
        await db.SaveChangesAsync(cancel);
        await using var writer = new Utf8JsonWriter(stream, Writing);
        writer.WriteStartObject();
        WriteHeader(writer);
        writer.WriteStartArray("steps");
        foreach (var (part, source) in catalogue.Of<IRecipeExport>().SelectMany(e => e.Parts, (e, p) => (Part: p, Export: e)).Where(x => chosen.Contains(x.Part.Id)).OrderBy(x => x.Part.Order))
            await foreach (var step in source.StepsAsync(part, chosen, cancel))
            {
                if (part.IsData) writer.WriteRawValue(step.ToJsonString(Compact)); // a company's data is half as long again with an indent
                else step.WriteTo(writer);
                await writer.FlushAsync(cancel);
            }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    HashSet<string> Choose(IReadOnlyList<string>? ids)
    {
        if (ids is null) return [.. Parts.Where(p => !p.IsData).Select(p => p.Id)];
        foreach (var id in ids)
            if (Parts.All(p => p.Id != id)) throw new BusinessRuleException("'{0}' cannot be exported. Choose from: {1}.", null, id, string.Join(", ", Parts.Select(p => p.Id)));
        return [.. ids];
    }

    void WriteHeader(Utf8JsonWriter writer)
    {
        writer.WriteString("name", db.Snapshot.Tenant.Name);
        writer.WriteString("displayName", db.Snapshot.Settings.SiteName);
        writer.WriteString("version", "1.0.0");
        writer.WriteBoolean("issetuprecipe", true);
        writer.WriteStartArray("categories");
        writer.WriteStringValue("crm");
        writer.WriteEndArray();
    }
}
