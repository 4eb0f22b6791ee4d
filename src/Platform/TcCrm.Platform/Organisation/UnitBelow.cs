using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;

namespace TcCrm.Platform.Organisation;

/// <summary>The closure of the tree of units: one row for each unit and each that stands above it, and one for itself, so that "unit and below" is one look-up by key.</summary>
public sealed class UnitBelow : IPlatformEntity
{
    public Guid AncestorId { get; init; }
    public Guid UnitId { get; init; }

    /// <summary>Written anew as a whole in the saving transaction: a company moves its units rarely and has some thousands at most.</summary>
    internal static async Task RewriteAsync(CrmDbContext db, CancellationToken cancel)
    {
        await using var command = db.CreateCommand("""
            DELETE FROM unit_below;
            INSERT INTO unit_below (ancestor_id, unit_id)
            WITH RECURSIVE below (ancestor_id, unit_id) AS (
              SELECT id, id FROM organisation_unit WHERE deleted_at IS NULL
              UNION
              SELECT b.ancestor_id, u.id FROM below b JOIN organisation_unit u ON u.parent_id = b.unit_id WHERE u.deleted_at IS NULL)
            SELECT ancestor_id, unit_id FROM below;
            """);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
