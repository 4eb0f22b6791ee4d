using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Organisation;

/// <summary>A unit is to stand below another.</summary>
/// <param name="Version">Of the unit, as it was looked at.</param>
/// <param name="From">The day from which it counts; today or earlier.</param>
public sealed record UnitMove(Guid UnitId, int Version, Guid? ParentId, DateOnly From, string Reason);

/// <summary>Moves units, and remembers where they stood.</summary>
public sealed class UnitMoves(CrmDbContext db, UnitTree tree, RecordStore store, Access access, TimeProvider time)
{
    public const int LongestReason = 300;

    /// <summary>Where the unit has stood, the present first.</summary>
    public Task<List<UnitPlacing>> OfAsync(Guid unit, CancellationToken cancel) =>
        db.Set<UnitPlacing>().AsNoTracking().Where(p => p.UnitId == unit).OrderByDescending(p => p.From != null).ThenByDescending(p => p.From).ThenByDescending(p => p.NotedAt).ThenByDescending(p => p.Id).ToListAsync(cancel);

    /// <summary>What moves with the unit.</summary>
    public Task<(int Units, int People)> LookAheadAsync(Guid unit, CancellationToken cancel) => tree.BelowAsync(unit, cancel);

    /// <summary>What the move would be refused for; nothing is written.</summary>
    public async Task<IReadOnlyList<RecordProblem>> ProblemsOfAsync(RecordType type, UnitMove move, CancellationToken cancel)
    {
        var unit = (Unit)(await type.FindForUpdateAsync(db, move.UnitId, cancel))!;
        var problems = await OwnProblemsAsync(unit, move, cancel);
        unit.ParentId = move.ParentId;
        problems.AddRange((await SavePipeline.ProblemsAsync(db, cancel)).Select(p => p.Problem));
        db.ChangeTracker.Clear();
        return problems;
    }

    /// <summary>One transaction for the unit, its history and <see cref="UnitBelow"/>.</summary>
    public async Task<SaveResult> MoveAsync(RecordType type, UnitMove move, CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        await db.AloneAsync(type.Name, cancel); // the day must stay behind that of the last move
        if (await type.FindForUpdateAsync(db, move.UnitId, cancel) is not Unit unit) return new(SaveOutcome.NotFound, null, []);
        if (await OwnProblemsAsync(unit, move, cancel) is { Count: > 0 } problems) return new(SaveOutcome.Invalid, null, problems);
        db.Add(new UnitPlacing { UnitId = move.UnitId, ParentId = move.ParentId, From = move.From, Reason = move.Reason.Trim(), NotedAt = Moments.Now(time), NotedById = db.UserId });
        var result = await store.UpdateAsync(type, move.UnitId, move.Version, new Dictionary<string, string?> { [nameof(Unit.ParentId)] = move.ParentId?.ToString() ?? "" }, cancel);
        if (result.Outcome == SaveOutcome.Saved) await write.CommitAsync(cancel);
        return result;
    }

    async Task<List<RecordProblem>> OwnProblemsAsync(Unit unit, UnitMove move, CancellationToken cancel)
    {
        var (problems, last) = (new List<RecordProblem>(), (await OfAsync(move.UnitId, cancel)).FirstOrDefault());
        if (unit.ParentId == move.ParentId) problems.Add(new(nameof(Unit.ParentId), "The unit stands there already. Choose another place."));
        if (move.From > access.Today) problems.Add(new(nameof(UnitMove.From), "A move counts from today or from an earlier day."));
        else if (move.From < last?.From) problems.Add(new(nameof(UnitMove.From), "The unit was moved last on {0}. Choose that day or a later one.", last.From.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        if (string.IsNullOrWhiteSpace(move.Reason)) problems.Add(new(nameof(UnitMove.Reason), "Say why the unit is moved."));
        else if (move.Reason.Length > LongestReason) problems.Add(new(nameof(UnitMove.Reason), "Type {0} characters at most.", LongestReason));
        return problems;
    }
}
