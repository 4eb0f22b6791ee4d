using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Numbering;

/// <summary>Changes how the next numbers of a type are made; those already given stay.</summary>
public sealed class SaveNumberRule(CrmDbContext db, TimeProvider time)
{
    const int LongestPattern = 100;

    /// <exception cref="BusinessRuleException">The pattern is malformed, or too long for the field.</exception>
    public async Task ExecuteAsync(RecordType type, string pattern, NumberReset reset, bool isGapFree, CancellationToken cancel)
    {
        var example = NumberPattern.Parse(pattern).Format(999_999, DateOnly.MaxValue, "");
        if (pattern.Length > LongestPattern || example.Length > (type.Number!.MaxLength ?? LongestPattern)) throw new BusinessRuleException("Numbers of this pattern would be too long.", "Pattern");
        var rule = await db.Set<NumberRule>().FirstOrDefaultAsync(r => r.RecordType == type.Name, cancel);
        if (rule is null) db.Add(rule = new NumberRule { RecordType = type.Name, Pattern = pattern });
        (rule.Pattern, rule.Reset, rule.IsGapFree) = (pattern, reset, isGapFree);
        db.Add(new AuditEntry { At = time.GetUtcNow().UtcDateTime, UserId = db.UserId, Action = "NumberRuleChanged", RecordType = type.Name, Details = JsonSerializer.Serialize(new { pattern, reset = reset.ToString(), isGapFree }) });
        await db.SaveChangesAsync(cancel);
    }
}
