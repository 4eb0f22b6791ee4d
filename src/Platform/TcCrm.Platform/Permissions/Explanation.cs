using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Permissions;

/// <summary>Why somebody may, or may not, do something with a record or with the records of a type.</summary>
/// <param name="IsUnlimited">An administrator: nothing is decided by roles.</param>
/// <param name="Whole">The record type of which this one is a part, when the record's own whole is not visible.</param>
/// <param name="Fields">Those that roles narrow.</param>
public sealed record Explanation(bool IsUnlimited, IReadOnlyList<RightExplained> Rights, IReadOnlyList<FieldExplained> Fields, RecordType? Whole)
{
    public RightExplained this[RecordRight right] => Rights.First(r => r.Right == right);
}

/// <param name="Holds">The permission itself.</param>
/// <param name="Reaches">The record; the same as <paramref name="Holds"/> when none was asked about.</param>
/// <param name="Roles">Those that give the permission.</param>
public sealed record RightExplained(RecordRight Right, bool Holds, bool Reaches, IReadOnlyList<string> Roles, IReadOnlyList<GrantExplained> Grants);

/// <param name="Opens">The record; null when none was asked about.</param>
public sealed record GrantExplained(Grant Grant, bool? Opens);

public sealed record FieldExplained(Field Field, FieldLevel Level, IReadOnlyList<(string Role, FieldLevel Level)> Roles);
