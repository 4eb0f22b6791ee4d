using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Recipes.Steps;

/// <summary>A recipe cannot know ids: its lookups name a record by a unique field, such as its code in another system, and a user by the user name.</summary>
sealed class RecipeReferences(CrmDbContext db)
{
    /// <summary>The field with a record's code in another system, unique or not; a code that two records have stands for none.</summary>
    const string Code = RecordType.CodeField;
    readonly Dictionary<(string Source, string Text), string> _known = [];

    /// <summary>The values with ids in place of names; a name that stands for nothing stays, and is refused as every other wrong value.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> ResolveAsync(RecordType type, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        var resolved = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
            if (type.Find(name) is { } field && (field.LookupType is not null || field.Kind.Name == "user") && !string.IsNullOrEmpty(value) && !Guid.TryParse(value, out _))
                resolved[name] = await FindAsync(field, value, cancel) ?? value;
        return resolved;
    }

    async Task<string?> FindAsync(Field field, string value, CancellationToken cancel)
    {
        var source = (field.LookupType ?? "", value);
        if (_known.TryGetValue(source, out var known)) return known;
        return await IdAsync(field, value, cancel) is { } id ? _known[source] = id.ToString() : null;
    }

    /// <summary>What a lookup or a field for a user means by a name.</summary>
    public Task<Guid?> IdAsync(Field field, string value, CancellationToken cancel) => field.LookupType is { } type ? RecordAsync(type, value, cancel) : UserAsync(value, cancel);

    public async Task<Guid?> RecordAsync(string typeName, string value, CancellationToken cancel)
    {
        if (db.Snapshot.RecordTypes.GetValueOrDefault(typeName) is not { } type) return null;
        foreach (var unique in type.Fields.Where(f => (f.IsUnique || f.Name == Code) && f.PlainType == typeof(string)))
            if (await type.FindByAsync(db, unique, [value], right: null, cancel) is [var record]) return record.Id;
        return null;
    }

    Task<Guid?> UserAsync(string value, CancellationToken cancel)
    {
        var name = value.ToUpperInvariant();
        return db.Users.Where(u => u.NormalizedUserName == name).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(cancel);
    }
}
