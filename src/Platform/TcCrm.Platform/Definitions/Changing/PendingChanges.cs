using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Definitions.Changing;

enum Applied { Unchanged, Changed, Unfit }

/// <summary>What is pending for a type, ready to be done to one record after the other. Doing it twice is doing it once.</summary>
sealed class PendingChanges(RecordType type, TypeDefinition definition, IReadOnlyList<FieldKind> kinds, FieldContext context)
{
    readonly List<(ValueChange Change, Field Field, Conversion? Conversion)> _all =
    [
        .. from change in definition.Pending
           where type.Find(change.Field) is not null
           select (change, type.Find(change.Field)!, change.Before is { } before ? new Conversion(before, type.Former(before, kinds.First(k => k.Name == before.Kind)), definition.Find(change.Field)!, type.Find(change.Field)!, context) : null),
    ];

    /// <summary>People's values change, and not only their form.</summary>
    public bool AreOfValues => _all.Exists(c => c.Change.Kind is ValueChangeKind.Replace or ValueChangeKind.Fill);
    public bool IndexesAnew => definition.Pending.Any(c => c.Kind == ValueChangeKind.Index);

    public Applied Apply(Record record)
    {
        var before = _all.Select(c => c.Field.Text(record)).ToList();
        var isUnfit = false;
        foreach (var (change, field, conversion) in _all) isUnfit |= !TryApply(change, field, conversion, record);
        type.Formulas.Compute(record, context);
        return isUnfit ? Applied.Unfit : before.SequenceEqual(_all.Select(c => c.Field.Text(record))) ? Applied.Unchanged : Applied.Changed;
    }

    bool TryApply(ValueChange change, Field field, Conversion? conversion, Record record)
    {
        var value = field.Value(record);
        switch (change.Kind)
        {
            case ValueChangeKind.Convert: return value is not null and not false || conversion!.TryTakeOver(record);
            case ValueChangeKind.Fill when value is null: field.Give(record, Parsed(field, change.New)); break;
            case ValueChangeKind.Replace when value is List<string> several && several.Contains(change.Old!): field.Give(record, several.Select(v => v == change.Old ? change.New : v).OfType<string>().Distinct().ToList()); break;
            case ValueChangeKind.Replace when value is string one && one == change.Old: field.Give(record, change.New); break;
        }
        return true;
    }

    object? Parsed(Field field, string? text) => text is not null && field.Kind.TryParse(text, field, context, out var value) ? value : null;
}
