using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TcCrm.Platform.Definitions.Formulas;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions.Editing;

public sealed record DraftSection(Wordings Labels, IReadOnlyList<FieldDefinition> Fields);

/// <summary>A definition while it is edited: each field stands in exactly one section, in the order of the form. It lives in the browser until it is saved.</summary>
/// <param name="Type">What is not about fields and sections.</param>
public sealed record TypeDraft(TypeDefinition Type, IReadOnlyList<DraftSection> Sections)
{
    static readonly JsonSerializerOptions Kept = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    [JsonIgnore]
    public IReadOnlyList<FieldDefinition> Fields => [.. Sections.SelectMany(s => s.Fields)];

    public static TypeDraft Of(TypeDefinition definition)
    {
        var named = definition.Sections.SelectMany(s => s.Fields).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rest = definition.Fields.Where(f => !named.Contains(f.Name)).ToList();
        var sections = definition.Sections.Select(s => new DraftSection(s.Labels, [.. s.Fields.Select(definition.Find).OfType<FieldDefinition>()])).ToList();
        if (sections.Count == 0 || (!definition.IsMade && rest.Count > 0)) sections.Add(new(Wordings.None, rest));
        else sections[0] = sections[0] with { Fields = [.. sections[0].Fields, .. rest] };
        var columns = definition.IsMade && definition.Columns.Count == 0 ? MadeScreens.Of(definition).ColumnNames : definition.Columns;
        return new(definition with { Fields = [], Sections = [], Columns = columns }, sections);
    }

    /// <exception cref="JsonException">It is not one.</exception>
    public static TypeDraft Read(string json) => JsonSerializer.Deserialize<TypeDraft>(json, Kept) is { Type: not null, Sections.Count: > 0 } draft && draft.Fields.All(f => MadeFields.Kinds.Contains(f.Kind)) ? draft : throw new JsonException();

    public string ToJson() => JsonSerializer.Serialize(this, Kept);

    /// <summary>The definition that it means. What the browser cannot know or must not say (slots, other formats' words) comes from the one that is stored.</summary>
    public TypeDefinition ToDefinition(TypeDefinition? stored)
    {
        var fields = Fields.Select(f => stored?.At(f.Slot) is { } known ? f with { Extra = known.Extra } : f with { Slot = 0, Extra = null }).DistinctBy(f => f.Slot == 0 ? (object)f : f.Slot).ToList();
        return Type with
        {
            Fields = fields,
            Sections = Sections is [{ Labels: var only }] && only.Shown is null ? [] : [.. Sections.Where(s => s.Fields.Count > 0).Select(s => new SectionDefinition(s.Labels.Shown is null ? MadeScreens.Unnamed(Type.IsMade) : s.Labels, [.. s.Fields.Select(f => f.Name)]))],
            Columns = [.. Type.Columns.Where(c => fields.Exists(f => f.Name == c))],
            LastSlot = stored?.LastSlot ?? 0,
            Removed = stored?.Removed ?? [],
            Pending = stored?.Pending ?? [],
            Followed = stored?.Followed,
            Extra = stored?.Extra,
        };
    }

    /// <summary>As it can be saved: each choice with a value, formulas in the names that stay when labels change.</summary>
    public TypeDraft Settled(RecordType type)
    {
        var names = Fields.SelectMany(f => new[] { f.Labels.Chinese, f.Labels.English }, (f, label) => (Label: label, f.Name)).Where(n => !string.IsNullOrWhiteSpace(n.Label) && type.Find(n.Label) is null && Fields.All(f => !f.Name.Equals(n.Label, StringComparison.OrdinalIgnoreCase))).DistinctBy(n => n.Label).ToDictionary(n => n.Label!.Trim(), n => n.Name);
        return this with { Sections = [.. Sections.Select(s => s with { Fields = [.. s.Fields.Select(f => f with { Options = OptionSteps.Settled(f.Options), Formula = Named(f.Formula, names) })] })] };
    }

    /// <summary>Fields that a formula of the field at this place can use, with what people call them.</summary>
    public IEnumerable<(string Name, string Label)> FormulaFields(RecordType type, int but, IText text) =>
        type.Fields.Where(f => f.Slot is null && TypeFormulas.KindOf(f.Kind.Name) is not null).Select(f => (f.Name, text[f.LabelKey]))
            .Concat(Fields.Where((f, at) => at != but && TypeFormulas.KindOf(f.Kind) is not null).Select(f => (f.Name, f.Labels.Shown ?? f.Name)));

    public TypeDraft With(int index, FieldDefinition field)
    {
        var (section, place) = Locate(index);
        var before = Sections[section].Fields[place];
        var columns = Type.Columns.Select(c => c == before.Name ? field.Name : c).ToList();
        return Put(section, [.. Sections[section].Fields.Select((f, at) => at == place ? field : f)]) with { Type = Type with { Columns = columns } };
    }

    public TypeDraft With(int section, Wordings labels) => this with { Sections = [.. Sections.Select((s, at) => at == section ? s with { Labels = labels } : s)] };

    public TypeDraft Insert(int section, int place, FieldDefinition field)
    {
        var fields = Sections[section].Fields.ToList();
        fields.Insert(Math.Clamp(place, 0, fields.Count), field);
        return Put(section, fields);
    }

    public TypeDraft Without(int index)
    {
        var (section, place) = Locate(index);
        return Put(section, [.. Sections[section].Fields.Where((_, at) => at != place)]);
    }

    public TypeDraft Move(int index, int section, int place)
    {
        var (from, at) = Locate(index);
        return Without(index).Insert(section, from == section && at < place ? place - 1 : place, Fields[index]);
    }

    public (int Section, int Place) Locate(int index)
    {
        for (var section = 0; section < Sections.Count; section++)
        {
            if (index < Sections[section].Fields.Count) return (section, index);
            index -= Sections[section].Fields.Count;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }

    public int IndexOf(int section, int place) => Sections.Take(section).Sum(s => s.Fields.Count) + place;

    static string? Named(string? formula, Dictionary<string, string> names)
    {
        try
        {
            return formula is null ? null : Formulas.Formula.Renamed(formula, name => names.GetValueOrDefault(name, name));
        }
        catch (FormulaException)
        {
            return formula; // said when it is saved
        }
    }

    TypeDraft Put(int section, IReadOnlyList<FieldDefinition> fields) => this with { Sections = [.. Sections.Select((s, at) => at == section ? s with { Fields = fields } : s)] };
}
