using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Pages.Records;

/// <summary>One field in which what somebody typed differs from what the record has become meanwhile.</summary>
/// <param name="Mine">Neutral text as typed.</param>
/// <param name="TakeTheirs">What is marked to begin with: theirs where only they changed the field, mine elsewhere.</param>
public sealed record ConflictRow(Field Field, string TheirsShown, string Mine, string MineShown, bool BothChanged, bool TakeTheirs);

/// <summary>Two people changed a record: field by field, whose value shall stand.</summary>
public sealed record RecordConflict(RecordType Type, Record Record, string Who, string At, IReadOnlyList<ConflictRow> Rows, IReadOnlyDictionary<string, string?> Typed);
