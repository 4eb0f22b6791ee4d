using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions;

/// <summary>The record types of one tenant with what it has made itself: built once for its snapshot.</summary>
public sealed class TenantTypes
{
    /// <summary>The feature that types of tenants belong to; it cannot be switched off.</summary>
    public const string Feature = "TcCrm.RecordTypes";

    public static readonly TenantTypes None = new();

    /// <summary>Types of modules, with the fields that the tenant has added, and types of the tenant.</summary>
    public IReadOnlyDictionary<string, RecordType> ByName { get; private init; } = new Dictionary<string, RecordType>();
    /// <summary>Types of the tenant alone.</summary>
    public IReadOnlyDictionary<int, RecordType> ByNumber { get; private init; } = new Dictionary<int, RecordType>();
    /// <summary>By the name of the type, also of those whose module is off.</summary>
    public IReadOnlyDictionary<string, TypeDefinition> Definitions { get; private init; } = new Dictionary<string, TypeDefinition>();
    public TenantTexts Texts { get; private init; } = TenantTexts.None;
    IReadOnlyList<(int No, TypeDefinition Definition)> Stored { get; init; } = [];
    IReadOnlySet<string> Indexes { get; init; } = new HashSet<string>();

    /// <param name="code">Types of the modules that are on.</param>
    /// <param name="indexes">Names of the indexes that there are.</param>
    public static TenantTypes Of(IEnumerable<RecordType> code, IReadOnlyList<(int No, TypeDefinition Definition)> definitions, IReadOnlyList<FieldKind> kinds, IReadOnlySet<string> indexes)
    {
        var byName = code.ToDictionary(t => t.Name, StringComparer.OrdinalIgnoreCase);
        var byNumber = new Dictionary<int, RecordType>();
        foreach (var (no, definition) in definitions)
        {
            if (definition.IsMade) byName[definition.Name] = byNumber[no] = TypeOf(no, definition, kinds, indexes);
            else if (byName.TryGetValue(definition.Name, out var type)) byName[definition.Name] = type.With(definition, kinds, indexes);
        }
        return new()
        {
            ByName = byName,
            ByNumber = byNumber,
            Definitions = definitions.ToDictionary(d => d.Definition.Name, d => d.Definition, StringComparer.OrdinalIgnoreCase),
            Texts = TenantTexts.Of(definitions.Select(d => d.Definition)),
            Stored = definitions,
            Indexes = indexes,
        };
    }

    /// <summary>The same definitions over other modules, for a tenant that is only planned.</summary>
    /// <param name="planned">Further definitions, in place of those of the same name.</param>
    public TenantTypes Over(IEnumerable<RecordType> code, IReadOnlyList<FieldKind> kinds, params IEnumerable<TypeDefinition> planned)
    {
        var stored = Stored.ToList();
        foreach (var definition in planned.Select(d => d.WithSlots()))
        {
            var place = stored.FindIndex(s => s.Definition.Name.Equals(definition.Name, StringComparison.OrdinalIgnoreCase));
            if (place >= 0) stored[place] = (stored[place].No, definition);
            else stored.Add((-1 - stored.Count, definition));
        }
        return Of(code, stored, kinds, Indexes);
    }

    /// <summary>What the record is, for saving it: also of a module that is off.</summary>
    internal RecordType Of(Record record, CodeRecordTypes code)
    {
        if (record is MadeRecord made) return ByNumber[made.TypeNo];
        var type = code.Of(record.GetType());
        return ByName.GetValueOrDefault(type.Name) ?? type;
    }

    static RecordType<MadeRecord> TypeOf(int no, TypeDefinition definition, IReadOnlyList<FieldKind> kinds, IReadOnlySet<string> indexes)
    {
        var source = MadeTables.SourceOf(no, indexes);
        Field<MadeRecord>[] fields =
        [
            .. definition.Fields.Select(f => MadeFields.Of<MadeRecord>(f, definition.Name, source.Table, kinds.First(k => k.Name == f.Kind), indexes)),
            Place(definition.Name, nameof(MadeRecord.OwnerId), kinds.First(k => k.Name == "user"), null, r => r.OwnerId, (r, id) => r.OwnerId = id),
            Place(definition.Name, nameof(MadeRecord.UnitId), kinds.First(k => k.Name == "lookup"), "organisation.unit", r => r.UnitId, (r, id) => r.UnitId = id),
        ];
        return new(fields)
        {
            Name = definition.Name,
            Feature = Feature,
            Icon = definition.Icon,
            Screens = MadeScreens.Of(definition),
            Source = source,
            IsFollowing = definition.Pending.Count > 0,
            Create = () => MadeDefaults.Fill(new MadeRecord { TypeNo = no }, definition, fields),
        };
    }

    /// <summary>Who answers for the record, and the unit that it belongs to: rights reach by these.</summary>
    static PropertyField<MadeRecord, Guid?> Place(string type, string name, FieldKind kind, string? lookup, System.Linq.Expressions.Expression<Func<MadeRecord, Guid?>> key, Action<MadeRecord, Guid?> set)
    {
        var get = key.Compile();
        return new(key, r => get(r), (r, value) => set(r, (Guid?)value)) { Name = name, RecordType = type, Kind = kind, PlainType = typeof(Guid), LookupType = lookup };
    }
}
