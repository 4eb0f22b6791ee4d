using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;

namespace TcCrm.Tests.Audit;

public sealed class AuditListTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Each_condition_and_all_together_find_what_they_should(string engine)
    {
        await using var log = await SealedLog.StartAsync(engine);
        var clerk = await log.Host.AddUserAsync(SealedLog.Tenant, "clerk");
        var record = await log.InAsync(async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            db.Add(new AuditEntry { At = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, UserId = clerk, Action = "Odd", RecordType = "platform.user", RecordId = clerk, Details = """{"Name":["","50%_\\ Off"]}""" });
            await db.SaveChangesAsync();
            return await db.Set<AuditEntry>().OrderBy(e => e.Id).Select(e => e.RecordId).FirstAsync();
        });
        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        string Day(int from) => today.AddDays(from).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (string Query, int Count)[] expected =
        [
            ("", 37), ("q=FIRM 10", 10), ("q=50%25_", 1), ("q=5_%25", 0), ("user=CLERK", 1), ("user=nobody", 0), ("action=Created", 36), ("type=platform.user", 1), ($"record={record}", 1),
            ($"from={Day(-1)}&until={Day(1)}", 37), ($"from={Day(2)}", 0), ($"until={Day(-2)}", 0), ($"user=clerk&action=Odd&type=platform.user&record={clerk}&q=off&from={Day(-1)}&until={Day(1)}", 1), ($"user=clerk&action=Created", 0),
        ];
        foreach (var (query, count) in expected) Assert.Equal((query, count), (query, (await FindAsync(log, query)).Entries.Count));
    }

    static Task<AuditPage> FindAsync(SealedLog log, string query) =>
        log.InAsync(services => services.GetRequiredService<AuditList>().ReadAsync(AuditFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(query))), null, 50, default));
}
