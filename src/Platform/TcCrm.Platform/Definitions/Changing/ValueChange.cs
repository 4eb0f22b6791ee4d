using System.Text.Json.Serialization;

namespace TcCrm.Platform.Definitions.Changing;

[JsonConverter(typeof(JsonStringEnumConverter<ValueChangeKind>))]
public enum ValueChangeKind
{
    /// <summary>The field is of another kind now: what fits is taken over from where it was kept.</summary>
    Convert,
    /// <summary>One choice becomes another, or nothing.</summary>
    Replace,
    /// <summary>Where there is nothing, something.</summary>
    Fill,
    /// <summary>A formula is new or reads differently.</summary>
    Compute,
    /// <summary>Values have come back, or are searched from now on.</summary>
    Index,
}

/// <summary>What the records of a type have to follow after its definition was changed.</summary>
public sealed record ValueChange(ValueChangeKind Kind, string Field)
{
    /// <summary>As the values to convert were kept.</summary>
    public FieldDefinition? Before { get; init; }
    /// <summary>The choice to replace.</summary>
    public string? Old { get; init; }
    /// <summary>Neutral text of what takes its place, or stands where nothing was; null for nothing.</summary>
    public string? New { get; init; }

    /// <summary>What follows from the definitions alone, without anybody's answer.</summary>
    /// <param name="definition">With a slot for each field.</param>
    /// <param name="moved">By name, fields that have a new place, as they were in the old one.</param>
    public static IEnumerable<ValueChange> Between(TypeDefinition before, TypeDefinition definition, IReadOnlyDictionary<string, FieldDefinition> moved)
    {
        foreach (var field in definition.Fields)
        {
            var known = before.Fields.FirstOrDefault(f => f.Slot == field.Slot);
            if (field.Formula is not null && field.Formula != known?.Formula) yield return new(ValueChangeKind.Compute, field.Name);
            else if (moved.TryGetValue(field.Name, out var old)) yield return new(ValueChangeKind.Convert, field.Name) { Before = old };
            else if (known is null ? before.At(field.Slot) is not null : known.IsSearched != field.IsSearched) yield return new(ValueChangeKind.Index, field.Name);
        }
        foreach (var gone in before.Fields.Where(f => f.IsSearched && definition.Find(f.Name) is null)) yield return new(ValueChangeKind.Index, gone.Name);
    }
}
