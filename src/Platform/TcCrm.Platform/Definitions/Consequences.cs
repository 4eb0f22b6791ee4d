using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions;

/// <summary>What a change does to records that are there already.</summary>
/// <param name="Field">As it is stored.</param>
/// <param name="Key">Text with the number of records and <paramref name="Value"/>.</param>
/// <param name="Count">Records, those in the recycle bin too; counted up to <see cref="Consequences.Most"/>.</param>
public sealed record Consequence(FieldDefinition Field, string Key, int Count, string Value = "")
{
    public string Message(IText text) =>
        text["{0}: {1}", Field.Labels.Shown ?? Field.Name, text[Key, Count >= Consequences.Most ? $"{Consequences.Most.ToString("N0", CultureInfo.CurrentCulture)}+" : Count.ToString("N0", CultureInfo.CurrentCulture), Value]];
}

/// <summary>Counts what a change of a definition would break or hide, before anything is changed. Records are not touched by such a change; rules hold from their next save on.</summary>
public sealed class Consequences(CrmDbContext db)
{
    public const int Most = 10_000;

    public async Task<IReadOnlyList<Consequence>> OfAsync(TypeDefinition wish, TypeDefinition stored, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[stored.Name];
        var all = new List<Consequence>();
        foreach (var before in stored.Fields)
            if (type.Find(before.Name) is { } field)
                foreach (var possible in Possible(wish.Find(before.Name), before, field))
                    if (await CountAsync(type, field, possible.Filter, cancel) is > 0 and var count) all.Add(new(before, possible.Key, count, possible.Value));
        return all;
    }

    /// <summary>Whoever agrees agrees to exactly this.</summary>
    public static string DigestOf(IEnumerable<Consequence> all) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Field.Name} {c.Key} {c.Count} {c.Value}"))))))[..16];

    /// <summary>A filter that finds the records concerned; none for those that share a value.</summary>
    static IEnumerable<(string Key, FieldFilter? Filter, string Value)> Possible(FieldDefinition? now, FieldDefinition before, Field field)
    {
        if (now is null)
        {
            yield return ("Records with a value here: {0}. It goes with the field and cannot be brought back.", new(field.Name, "empty", "false"), "");
            yield break;
        }
        if (now.IsRequired && !before.IsRequired) yield return ("Records with nothing here: {0}. Whoever saves one of them has to fill it in.", new(field.Name, "empty", "true"), "");
        if (now.IsUnique && !before.IsUnique) yield return ("Records that share their value with another: {0}. They keep it; what is saved anew must differ.", null, "");
        foreach (var gone in before.Options.Where(o => now.Options.All(n => n.Value != o.Value)))
            yield return ("Records with the choice '{1}', which is no longer offered: {0}.", new(field.Name, field.Kind.IsMultiple ? "has" : "eq", gone.Value), gone.Labels.Shown ?? gone.Value);
        if (now.Min is { } min && !(before.Min >= min)) yield return ("Records below the smallest value: {0}. They keep theirs until somebody changes it.", new(field.Name, "lt", Plain(min)), "");
        if (now.Max is { } max && !(before.Max <= max)) yield return ("Records above the largest value: {0}. They keep theirs until somebody changes it.", new(field.Name, "gt", Plain(max)), "");
    }

    async Task<int> CountAsync(RecordType type, Field field, FieldFilter? filter, CancellationToken cancel) => filter is null
        ? await type.CountRepeatedAsync(db, field, Most, cancel)
        : field.Kind.Operators.Contains(filter.Operator) ? (await type.DueAsync(db, [filter], null, default, Guid.Empty, Most, cancel)).Count : 0;

    static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
