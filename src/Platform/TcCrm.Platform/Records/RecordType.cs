using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Permissions;

namespace TcCrm.Platform.Records;

/// <summary>One entry of the catalogue: what pages, API, import and workflow need to know about a type.</summary>
public abstract class RecordType
{
    /// <summary><c>module.noun</c>.</summary>
    public required string Name { get; init; }
    public required string Feature { get; init; }
    public required string Icon { get; init; }
    public required RecordScreens Screens { get; init; }
    public string Module => Name[..Name.IndexOf('.')];
    public string Noun => Name[(Name.IndexOf('.') + 1)..];
    /// <summary>Address of the list inside the tenant, without PathBase.</summary>
    public string Path => $"/{Module}/{Noun}";
    public string PluralKey => Name + ".plural";
    public abstract Type Class { get; }
    public abstract string Table { get; }
    /// <summary>A job is changing values of all records, as the definition says now.</summary>
    public bool IsFollowing { get; init; }
    /// <summary>Made by the tenant, not by a module.</summary>
    public bool IsMade => Class == typeof(Definitions.Storage.MadeRecord);

    public abstract IReadOnlyList<Field> Fields { get; }
    public abstract IReadOnlyList<Field> Columns { get; }
    public Field Title => field ??= Fields.FirstOrDefault(f => f.IsTitle) ?? Fields[0];
    public Field? Number => field ??= Fields.FirstOrDefault(f => f.NumberPattern is not null);
    /// <summary>The code of another system, where a type has a field of this name.</summary>
    public const string CodeField = "ExternalId";
    /// <summary>Text fields by which people name a record, the surest first: its number, what is unique, its title.</summary>
    public IReadOnlyList<Field> Names => field ??= [.. new[] { Number }.Concat(Fields.Where(f => f.IsUnique)).Append(Title).Append(Find(CodeField)).OfType<Field>().Where(f => f.PlainType == typeof(string)).Distinct()];
    public Definitions.Formulas.TypeFormulas Formulas => field ??= new(Fields);
    /// <summary>The field that points to what records of this type are a part of.</summary>
    public Field? Whole => field ??= Fields.FirstOrDefault(f => f.IsWhole);
    /// <summary>By name, in any case.</summary>
    public abstract Field? Find(string field);

    /// <summary>The type with the fields that rights leave, each as narrow as they say. The title stays, masked at least.</summary>
    public abstract RecordType SeenAs(Func<Field, FieldLevel> levelOf);
    /// <summary>The type with the fields that the tenant has added to it.</summary>
    internal abstract RecordType With(TypeDefinition definition, IReadOnlyList<FieldKind> kinds, IReadOnlySet<string> indexes);
    /// <summary>Whether the right reaches the record.</summary>
    public abstract Task<bool> ReachesAsync(CrmDbContext db, RecordRight right, Guid id, CancellationToken cancel);
    /// <summary>Whether one of the grants of a reach opens the record, whatever the others do.</summary>
    internal abstract Task<bool> OpensAsync(CrmDbContext db, Grant grant, Guid id, CancellationToken cancel);
    internal abstract Task<VisibleIds> VisibleIdsAsync(CrmDbContext db, CancellationToken cancel);

    public abstract Record New();
    public abstract Task<Record?> FindAsync(CrmDbContext db, Guid id, CancellationToken cancel);
    /// <summary>Also what lies in the recycle bin and what no right reaches; not tracked.</summary>
    internal abstract Task<Record?> FindAnyAsync(CrmDbContext db, Guid id, CancellationToken cancel);
    public abstract Task<Record?> FindForUpdateAsync(CrmDbContext db, Guid id, CancellationToken cancel);
    /// <summary>Also finds what lies in the recycle bin.</summary>
    public abstract Task<Record?> FindDeletedAsync(CrmDbContext db, Guid id, CancellationToken cancel);
    /// <summary>Tracked records whose field has one of these values, for a match key; empty values find nothing.</summary>
    /// <param name="right">Only those that it reaches; null finds all, for rules that no reach may weaken.</param>
    public abstract Task<IReadOnlyList<Record>> FindByAsync(CrmDbContext db, Field field, IReadOnlyList<object> values, RecordRight? right, CancellationToken cancel);
    /// <summary>Tracked records whose <paramref name="owner"/> field points to the record; those deleted at that moment, or the live ones.</summary>
    public abstract Task<IReadOnlyList<Record>> FindPartsAsync(CrmDbContext db, Field owner, Guid id, DateTime? deletedAt, CancellationToken cancel);
    public abstract Task<IReadOnlyList<Record>> FindManyAsync(CrmDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancel);
    /// <summary>Also those in the recycle bin.</summary>
    internal abstract Task<int> CountAllAsync(CrmDbContext db, CancellationToken cancel);
    /// <summary>Tracked, also what lies in the recycle bin and what no right reaches: for changes of the type itself.</summary>
    internal abstract Task<IReadOnlyList<Record>> NextAsync(CrmDbContext db, Guid after, int count, CancellationToken cancel);
    /// <summary>A field as records of this type keep it, though the type has it no longer.</summary>
    internal abstract Field Former(FieldDefinition definition, FieldKind kind);
    /// <summary>The records behind this one in the order in which they were made.</summary>
    public abstract Task<IReadOnlyList<Record>> OldestAsync(CrmDbContext db, Guid after, int count, CancellationToken cancel);
    /// <summary>
    /// Ids of records, also of those in the recycle bin, that match and, with <paramref name="since"/> (<see cref="Record.CreatedAt"/> or <see cref="Record.ModifiedAt"/>),
    /// are older than the moment; those behind <paramref name="after"/>, in the order in which they were made.
    /// </summary>
    internal abstract Task<List<Guid>> DueAsync(CrmDbContext db, IReadOnlyList<FieldFilter> filters, string? since, DateTime before, Guid after, int count, CancellationToken cancel);
    /// <summary>How many records, also of those in the recycle bin, share their value with another; values are counted up to <paramref name="limit"/>.</summary>
    internal abstract Task<int> CountRepeatedAsync(CrmDbContext db, Field field, int limit, CancellationToken cancel);
    /// <exception cref="BadFilterException">A filter or the sort cannot be understood.</exception>
    public abstract Task<RecordPage> ListAsync(CrmDbContext db, RecordQuery query, CancellationToken cancel);
    /// <summary>Rows that match, counted up to <paramref name="limit"/>.</summary>
    public abstract Task<int> CountAsync(CrmDbContext db, RecordQuery query, int limit, CancellationToken cancel);

    public string TitleOf(Record record) => Title.Text(record);

    public string SearchTextOf(Record record) => string.Join('\n', Fields.Where(f => f.IsSearched).Select(f => f.SearchText(record)).Where(t => t.Length > 0));

    public void WriteJson(Utf8JsonWriter json, Record record, IReadOnlySet<string>? only = null)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, record.Id);
        json.WriteNumber("version"u8, record.Version);
        json.WriteString("createdAt"u8, record.CreatedAt);
        json.WriteString("modifiedAt"u8, record.ModifiedAt);
        foreach (var field in Fields)
        {
            if (only?.Contains(field.Name) == false) continue;
            json.WritePropertyName(field.JsonName);
            field.WriteJson(json, record);
        }
        json.WriteEndObject();
    }
}
