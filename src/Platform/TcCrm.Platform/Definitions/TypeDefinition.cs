using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TcCrm.Platform.Definitions;

/// <summary>
/// What a tenant says about a record type: one that it has made, or the fields that it adds to one of a module's. Kept as JSON, a version for
/// each change. Never changed: whoever edits it makes another with <c>with</c>.
/// </summary>
public sealed record TypeDefinition
{
    /// <summary>Module of all types that tenants make: <c>content.lead</c> is at <c>/content/lead</c>.</summary>
    public const string Module = "content";

    static readonly JsonSerializerOptions Kept = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary><c>content.noun</c>, or the name of a module's type.</summary>
    public required string Name { get; init; }
    public string Icon { get; init; } = "file-text";
    public Wordings Labels { get; init; } = Wordings.None;
    public Wordings Plurals { get; init; } = Wordings.None;
    public IReadOnlyList<FieldDefinition> Fields { get; init; } = [];
    /// <summary>Fields that no section names stand in the first one; those of a module's type have a section of their own.</summary>
    public IReadOnlyList<SectionDefinition> Sections { get; init; } = [];
    /// <summary>Names of the fields that lists show; empty for the first few.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];
    /// <summary>Field and direction of the list; null is newest first.</summary>
    public string? Sort { get; init; }
    /// <summary>Slots are never given twice, so that a new field finds no values of a removed one.</summary>
    public int LastSlot { get; init; }
    /// <summary>Fields that were taken out or are kept in another place now: records hold their values for a while, so that they can come back.</summary>
    public IReadOnlyList<RemovedField> Removed { get; init; } = [];
    /// <summary>What records still have to follow; a job is at it.</summary>
    public IReadOnlyList<Changing.ValueChange> Pending { get; init; } = [];
    /// <summary>What came of the last such job.</summary>
    public FollowedChange? Followed { get; init; }
    /// <summary>What other formats say about the type and the engine does not ask for; comes back as it came.</summary>
    public JsonObject? Extra { get; init; }

    [JsonIgnore]
    public bool IsMade => Name.StartsWith(Module + ".", StringComparison.Ordinal);

    public FieldDefinition? Find(string field) => Fields.FirstOrDefault(f => f.Name.Equals(field, StringComparison.OrdinalIgnoreCase));

    /// <summary>What there is in this place, though the field may be taken out.</summary>
    public FieldDefinition? At(int slot) => slot == 0 ? null : Fields.Concat(Removed.Select(r => r.Field)).FirstOrDefault(f => f.Slot == slot);

    /// <summary>The same with a slot for each field that has none yet.</summary>
    public TypeDefinition WithSlots()
    {
        var last = LastSlot;
        var fields = Fields.Select(f => f.Slot > 0 ? f : f with { Slot = ++last }).ToList();
        return this with { Fields = fields, LastSlot = last };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Kept);
    public static TypeDefinition Read(string json) => JsonSerializer.Deserialize<TypeDefinition>(json, Kept)!;
}

/// <summary>One field of a definition. Which settings count depends on <see cref="Kind"/>; a change of name is not possible, a change of label is.</summary>
public sealed record FieldDefinition
{
    /// <summary>Latin letters and digits, such as <c>CreditCode</c>; also its name in the API, with a small first letter.</summary>
    public required string Name { get; init; }
    /// <summary>A <see cref="Fields.FieldKind.Name"/>: <c>text long-text number money date moment yes-no choice multi-choice tags lookup user phone email region</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Number of the place where records keep its values; 0 until the definition is saved.</summary>
    public int Slot { get; init; }
    public Wordings Labels { get; init; } = Wordings.None;
    public Wordings Hints { get; init; } = Wordings.None;
    public bool IsTitle { get; init; }
    public bool IsRequired { get; init; }
    public bool IsUnique { get; init; }
    /// <summary>Quick search finds records by it.</summary>
    public bool IsSearched { get; init; }
    public int? MaxLength { get; init; }
    /// <summary>Regular expression that the whole text must match.</summary>
    public string? Pattern { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    /// <summary>Digits behind the point of a number, 0 to 8.</summary>
    public int Scale { get; init; }
    /// <summary>Neutral text of the value that a new record begins with.</summary>
    public string? Default { get; init; }
    /// <summary>What the value is computed from, such as <c>Price * Pieces</c>; nobody types it.</summary>
    public string? Formula { get; init; }
    /// <summary>Pattern of the numbers that new records of the type are given, such as <c>L-{seq:6}</c>; nobody types them.</summary>
    public string? NumberPattern { get; init; }
    /// <summary>Name of the type that a lookup points to.</summary>
    public string? LookupType { get; init; }
    /// <summary>Of a choice: the value is kept, the labels are shown.</summary>
    public IReadOnlyList<OptionDefinition> Options { get; init; } = [];
    public JsonObject? Extra { get; init; }

    /// <summary>Whether records keep its values in another form than those of the other one.</summary>
    public bool IsKeptLike(FieldDefinition other) => Kind == other.Kind && Scale == other.Scale && LookupType == other.LookupType;

    [JsonIgnore]
    public string SlotName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"f{Slot}");
}

/// <param name="Tone">The colour in which the choice is shown, one of <see cref="OptionTones"/>; null for none.</param>
public sealed record OptionDefinition(string Value, Wordings Labels, string? Tone = null);

/// <param name="Changed">Records whose values are others now, or kept otherwise.</param>
/// <param name="Unfit">Records with a value that did not fit.</param>
public sealed record FollowedChange(DateTime At, int Changed, int Unfit);

/// <param name="At">When it was taken out.</param>
public sealed record RemovedField(FieldDefinition Field, DateTime At)
{
    /// <summary>How long it can be brought back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);
}

public sealed record SectionDefinition(Wordings Labels, IReadOnlyList<string> Fields);
