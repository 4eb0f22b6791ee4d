using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Modules;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Definitions;

/// <summary>A word of a module's type.</summary>
/// <param name="Own">What the company says in its place.</param>
public sealed record TypeWord(string Key, Wordings Product, Wordings Own);

/// <summary>What the company calls a module's type, its fields, hints and choices. Kept where the step <c>Translations</c> of a recipe keeps it.</summary>
public sealed class TypeWords(CrmDbContext db, TextCatalog texts, AdministrationLocks locks, FeatureChange change, TimeProvider time)
{
    public const int LongestLabel = 60, LongestHint = 300;

    /// <summary>Changes with every word that somebody saves.</summary>
    public string Version => VersionOf(db.Snapshot.Settings[TenantTexts.Translations]);

    public IReadOnlyList<TypeWord> OfType(RecordType type) => [.. Words(type.Name, type.PluralKey)];

    /// <summary>The label first, then the hint, then the choices. What the tenant itself has made is said in the editor.</summary>
    public IReadOnlyList<TypeWord> OfField(Field field) => [.. Words([field.LabelKey, TenantTexts.HintKey(field.LabelKey), .. field.Choices.Select(field.ChoiceKey)])];

    public static IEnumerable<Field> Fields(RecordType type) => type.Fields.Where(f => f.Slot is null);

    public static IEnumerable<RecordProblem> Problems(IEnumerable<TypeWord> words)
    {
        foreach (var word in words)
            foreach (var (culture, own, product) in new[] { ("zh-CN", word.Own.Chinese, word.Product.Chinese), ("en", word.Own.English, word.Product.English) })
            {
                if (own is null) continue;
                var most = word.Key.EndsWith(TenantTexts.HintKey(""), StringComparison.Ordinal) ? LongestHint : LongestLabel;
                if (own.Length > most) yield return new($"{word.Key}.{culture}", "This is too long: {0} characters at most.", most);
                else if (TextPlaces.Foreign(own, product ?? "") is { } place) yield return new($"{word.Key}.{culture}", "'{0}' stands for nothing in this text. It may hold: {1}.", place, string.Join(' ', TextPlaces.Of(product ?? "")));
            }
    }

    /// <summary>What is empty, or as the product says it, is the product's word again.</summary>
    /// <exception cref="BusinessRuleException">Somebody else has changed words since that version.</exception>
    public async Task SaveAsync(RecordType type, IReadOnlyList<TypeWord> words, string version, CancellationToken cancel)
    {
        await using var held = await locks.TakeAsync(db.Snapshot.Tenant.Name, "record types", cancel);
        var stored = JsonNode.Parse((await db.Set<SettingRow>().AsNoTracking().FirstOrDefaultAsync(s => s.Key == TenantTexts.Translations, cancel))?.Json ?? "null");
        if (version != VersionOf(stored)) throw new BusinessRuleException("Somebody else has changed this meanwhile. What you typed is still here: look at it and save again.");
        var keys = words.Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
        var entries = (stored as JsonArray ?? []).OfType<JsonObject>().Where(e => !keys.Contains((string?)e["key"] ?? "") || (string?)e["culture"] is not ("zh-CN" or "en")).Select(e => e.DeepClone())
            .Concat(words.SelectMany(w => Entries(w)));
        await db.PutAsync(TenantTexts.Translations, new JsonArray([.. entries]), cancel);
        db.Add(new AuditEntry { At = Moments.Now(time), UserId = db.UserId, Action = "TypeWordsChanged", RecordType = type.Name, Details = JsonSerializer.Serialize(words.Where(w => w.Own != Known(w.Key)).Select(w => w.Key)) });
        await db.SaveChangesAsync(cancel);
        await change.PublishAsync(db.Snapshot.Tenant, cancel);
    }

    static string VersionOf(JsonNode? words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SettingRows.Text(words))))[..16];

    IEnumerable<TypeWord> Words(params IEnumerable<string> keys) => keys.Select(key => new TypeWord(key, new(texts.OfProduct(key, chinese: true), texts.OfProduct(key, chinese: false)), Known(key)));

    Wordings Known(string key) => new(db.Snapshot.Texts.Translated(key, "zh-CN"), db.Snapshot.Texts.Translated(key, "en"));

    static IEnumerable<JsonNode> Entries(TypeWord word)
    {
        foreach (var (culture, own, product) in new[] { ("zh-CN", word.Own.Chinese, word.Product.Chinese), ("en", word.Own.English, word.Product.English) })
            if (own is not null && own != product) yield return new JsonObject { ["culture"] = culture, ["context"] = "", ["key"] = word.Key, ["value"] = own };
    }
}
