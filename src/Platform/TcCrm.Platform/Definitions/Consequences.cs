using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions;

/// <summary>What a change does to records that are there already.</summary>
/// <param name="Field">As it is stored.</param>
/// <param name="Key">Text with the number of records and <paramref name="Value"/>.</param>
/// <param name="Count">Records, those in the recycle bin too; counted up to <see cref="Consequences.Most"/>.</param>
public sealed record Consequence(FieldDefinition Field, string Key, int Count, string Value = "")
{
    /// <summary>What somebody can decide for these records; <see cref="ValueChange.New"/> is the answer.</summary>
    public ValueChange? Remedy { get; init; }
    /// <summary>Some of the values concerned, in neutral text.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    public string Message(IText text) =>
        text["{0}: {1}", Field.Labels.Shown ?? Field.Name, text[Key, Count >= Consequences.Most ? $"{Consequences.Most.ToString("N0", CultureInfo.CurrentCulture)}+" : Count.ToString("N0", CultureInfo.CurrentCulture), Value]];
}

/// <summary>Counts what a change of a definition would break, hide or convert, before anything is changed.</summary>
public sealed class Consequences(CrmDbContext db, CodeRecordTypes code)
{
    public const int Most = 10_000;
    const int Batch = 1000, Shown = 5, LongestChoice = 60;

    public async Task<IReadOnlyList<Consequence>> OfAsync(TypeDefinition wish, TypeDefinition stored, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[stored.Name];
        var all = new List<Consequence>();
        foreach (var before in stored.Fields)
        {
            if (type.Find(before.Name) is not { } field) continue;
            var now = wish.Fields.FirstOrDefault(f => f.Slot == before.Slot);
            foreach (var possible in Possible(now, before, field))
                if (await CountAsync(type, field, possible.Filter, cancel) is > 0 and var count) all.Add(possible.Consequence with { Count = count, Examples = possible.Filter is null ? [.. await SharedAsync(type, field, cancel)] : [] });
            if (now is { Formula: null } && !now.IsKeptLike(before)) all.AddRange(await ConvertedAsync(wish, now, before, cancel));
        }
        return all;
    }

    /// <summary>Whoever agrees agrees to exactly this.</summary>
    public static string DigestOf(IEnumerable<Consequence> all) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Field.Name} {c.Key} {c.Count} {c.Value}"))))))[..16];

    /// <summary>With a filter that finds the records concerned; none for those that share a value.</summary>
    static IEnumerable<(Consequence Consequence, FieldFilter? Filter)> Possible(FieldDefinition? now, FieldDefinition before, Field field)
    {
        if (now is null)
        {
            yield return (new(before, "Records with a value here: {0}. It goes with the field, which can be brought back for 30 days.", 0), new(field.Name, "empty", "false"));
            yield break;
        }
        if (now.Formula is not null && before.Formula is null) yield return (new(before, "Records with a value here: {0}. What the formula comes to takes its place.", 0), new(field.Name, "empty", "false"));
        if (!now.IsKeptLike(before)) yield break;
        if (now.IsRequired && !before.IsRequired) yield return (new(before, "Records with nothing here: {0}. Whoever saves one of them has to fill it in.", 0) { Remedy = CanFill(now) ? new(ValueChangeKind.Fill, now.Name) : null }, new(field.Name, "empty", "true"));
        if (now.IsUnique && !before.IsUnique) yield return (new(before, "Records that share their value with another: {0}. They keep it; what is saved anew must differ.", 0), null);
        foreach (var gone in before.Options.Where(o => now.Options.All(n => n.Value != o.Value)))
            yield return (new(before, "Records with the choice '{1}', which is no longer offered: {0}.", 0, gone.Labels.Shown ?? gone.Value) { Remedy = new(ValueChangeKind.Replace, now.Name) { Old = gone.Value } }, new(field.Name, field.Kind.IsMultiple ? "has" : "eq", gone.Value));
        if (now.Min is { } min && !(before.Min >= min)) yield return (new(before, "Records below the smallest value: {0}. They keep theirs until somebody changes it.", 0), new(field.Name, "lt", Plain(min)));
        if (now.Max is { } max && !(before.Max <= max)) yield return (new(before, "Records above the largest value: {0}. They keep theirs until somebody changes it.", 0), new(field.Name, "gt", Plain(max)));
    }

    async Task<int> CountAsync(RecordType type, Field field, FieldFilter? filter, CancellationToken cancel) => filter is null
        ? await type.CountRepeatedAsync(db, field, Most, cancel)
        : field.Kind.Operators.Contains(filter.Operator) ? (await type.DueAsync(db, [filter], null, default, Guid.Empty, Most, cancel)).Count : 0;

    /// <summary>Looks at the first so many records.</summary>
    async Task<IEnumerable<Consequence>> ConvertedAsync(TypeDefinition wish, FieldDefinition now, FieldDefinition before, CancellationToken cancel)
    {
        var type = db.Snapshot.RecordTypes[wish.Name];
        var (from, to) = (type.Find(before.Name)!, type.Former(now, code.Kinds.First(k => k.Name == now.Kind)));
        var (conversion, fits, unfit, examples) = (new Conversion(before, from, now, to, db.Snapshot.Settings.FieldContext), 0, 0, new List<string>());
        await foreach (var record in FirstAsync(type, cancel))
        {
            if (from.Value(record) is not { } value || value is false) continue;
            if (conversion.Converted(value) is not null) fits++;
            else if (++unfit > 0 && examples.Count < Shown && from.Text(record) is var words && !examples.Contains(words)) examples.Add(words);
        }
        return new Consequence[]
        {
            new(before, "Records whose value is taken over into the new kind: {0}.", fits),
            new(before, "Records whose value does not fit the new kind: {0}. The field will be empty there; what it held can be brought back for 30 days.", unfit) { Examples = examples },
        }.Where(c => c.Count > 0);
    }

    async Task<IEnumerable<string>> SharedAsync(RecordType type, Field field, CancellationToken cancel) =>
        (await WordsAsync(type, field, cancel)).Where(c => c.Value > 1).Take(Shown).Select(c => c.Key);

    /// <summary>Distinct texts that records hold, the most frequent first: what could be the choices of the field.</summary>
    public async Task<IEnumerable<string>> WordsOfAsync(RecordType type, Field field, int most, CancellationToken cancel) =>
        (await WordsAsync(type, field, cancel)).Select(c => c.Key).Where(words => words.Length <= LongestChoice && !words.Contains(',')).Take(most);

    async Task<IOrderedEnumerable<KeyValuePair<string, int>>> WordsAsync(RecordType type, Field field, CancellationToken cancel)
    {
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var record in FirstAsync(type, cancel))
            if (field.Text(record).Trim() is { Length: > 0 } words) count[words] = count.GetValueOrDefault(words) + 1;
        return count.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);
    }

    async IAsyncEnumerable<Record> FirstAsync(RecordType type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var last = Guid.Empty;
        for (var seen = 0; seen < Most; seen += Batch)
        {
            var records = await type.NextAsync(db, last, Batch, cancel);
            db.ChangeTracker.Clear();
            foreach (var record in records) yield return record;
            if (records.Count < Batch) yield break;
            last = records[^1].Id;
        }
    }

    /// <summary>Kinds of which somebody can name one value for many records.</summary>
    static bool CanFill(FieldDefinition field) => !field.IsUnique && field.Kind is "text" or "long-text" or "number" or "money" or "date" or "phone" or "email" or "choice";

    static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
