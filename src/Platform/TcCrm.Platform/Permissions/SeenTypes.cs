using System.Collections.Concurrent;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Permissions;

/// <summary>Record types as people with certain roles see them: hidden fields left out, masked ones masked. Kept with the snapshot, one for each set of roles in use.</summary>
public sealed class SeenTypes
{
    readonly ConcurrentDictionary<(string Type, string Roles), RecordType> _known = new();

    public RecordType Of(RecordType type, IEnumerable<string> roles, Func<string, string, FieldLevel> levelOf) =>
        _known.GetOrAdd((type.Name, string.Join('\n', roles.Order(StringComparer.Ordinal))), _ => type.SeenAs(field => levelOf(type.Name, field.Name)));
}
