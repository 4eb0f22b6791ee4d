using System.Text.Json;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;

namespace TcCrm.Platform.Audit;

/// <summary>One thing that an entry tells: a field with its values in neutral text, or a word of its own when <see cref="Field"/> is null.</summary>
sealed record AuditChange(string Name, Field? Field, string Old, string New)
{
    /// <summary>What stands behind the mask is not even to be searched for.</summary>
    public bool IsMasked => Field?.Kind is MaskedKind;

    /// <param name="type">As the user may see it: fields that it does not have are left out.</param>
    public static List<AuditChange> Of(AuditEntry entry, RecordType? type)
    {
        if (entry.Action == VerifyAuditJob.Action) return [];
        try
        {
            using var details = JsonDocument.Parse(entry.Details);
            return details.RootElement.ValueKind != JsonValueKind.Object ? [] : [.. details.RootElement.EnumerateObject().SelectMany(p => Of(p, entry, type))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>A field that was only looked at.</summary>
    public bool HasNoValues { get; init; }

    /// <summary>When fields are what is told: those that left in a file or on paper.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    public IEnumerable<(Field, Guid)> PointsTo() => Field is null || IsMasked || !RecordLabels.Points(Field) ? []
        : new[] { Old, New }.Where(v => Guid.TryParse(v, out _)).Select(v => (Field, Guid.Parse(v)));

    public HistoryChange Worded(RecordLabels labels, FieldContext context, IText text) => Field is null
        ? new(text["AuditDetail." + char.ToUpperInvariant(Name[0]) + Name[1..]], "", Fields.Count == 0 ? New : string.Join(", ", Fields.Select(f => text[f.LabelKey])))
        : HasNoValues ? new(text[Field.LabelKey], "", text["seen in full"])
        : new(text[Field.LabelKey], Shown(Field, Old, labels, context, text), Shown(Field, New, labels, context, text));

    static IEnumerable<AuditChange> Of(JsonProperty told, AuditEntry entry, RecordType? type)
    {
        if (told.Name == RecordShares.Told && told.Value is { ValueKind: JsonValueKind.Array } share && share.GetArrayLength() > 2) return [new(told.Name, null, "", share[2].ToString())];
        if (entry.RecordId is not null && type is not null)
            return type.Find(told.Name) is not { } field || told.Value is not { ValueKind: JsonValueKind.Array } values ? []
                : values.GetArrayLength() == 2 ? [new(field.Name, field, values[0].ToString(), values[1].ToString())]
                : [new(told.Name, field, "", "") { HasNoValues = true }];
        if (told.Name.Length == 0 || told.Value.ValueKind == JsonValueKind.Null) return [];
        var words = told.Value.ValueKind == JsonValueKind.Array ? [.. told.Value.EnumerateArray().Select(v => v.ToString())] : new List<string> { told.Value.ToString() };
        if (type is not null && told.Name is "filters" or "fields") words.RemoveAll(w => type.Find(w.Split(':')[0]) is not { } field || (told.Name == "filters" && field.Kind is MaskedKind));
        return words.Count == 0 ? [] : [new(told.Name, null, "", string.Join(", ", words)) { Fields = told.Name == "fields" && type is not null ? [.. words.Select(type.Find).OfType<Field>()] : [] }];
    }

    static string Shown(Field field, string neutral, RecordLabels labels, FieldContext context, IText text) =>
        neutral.Length == 0 ? ""
        : !field.Kind.TryParse(neutral, field, context, out var value) || value is null ? (field.Kind is MaskedKind ? "•••" : neutral)
        : value is Guid id && field.Kind is not MaskedKind && RecordLabels.Points(field) ? labels.Of(field, id)?.Text ?? text["No longer there"]
        : field.Kind.Show(value, field, context, text);
}
