using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Definitions;

/// <summary>The values that a new record begins with.</summary>
static class MadeDefaults
{
    public static T Fill<T>(T record, TypeDefinition definition, IReadOnlyList<Field> fields) where T : Record
    {
        foreach (var given in definition.Fields.Where(f => f.Default is { Length: > 0 }))
            if (fields.FirstOrDefault(f => f.Name == given.Name) is { } field && field.Kind.TryParse(given.Default!, field, FieldContext.Neutral, out var value)) field.TrySet(record, value);
        return record;
    }
}
