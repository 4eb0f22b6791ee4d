using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Platform.Numbering;

/// <summary>Issues numbers: one atomic upsert a number, so two savers never get the same.</summary>
public static class Numbers
{
    const string Next = "INSERT INTO number_series (name, last) VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET last = number_series.last + 1 RETURNING last";

    public static async Task<string> NextAsync(CrmDbContext db, RecordType type, Field field, DateTime now, CancellationToken cancel)
    {
        var rule = await db.Set<NumberRule>().FindAsync([type.Name], cancel) ?? new NumberRule { RecordType = type.Name, Pattern = field.NumberPattern! };
        var pattern = NumberPattern.Parse(rule.Pattern);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, db.Snapshot.Settings.Zone));
        var series = $"{type.Name}|{Period(rule.Reset, day)}";
        return pattern.Format(await SequenceAsync(db, rule, series, cancel), day, unit: "");
    }

    /// <summary>A rule that allows gaps must not make savers wait for each other's commit; on SQLite they wait for the gate anyway.</summary>
    static async Task<long> SequenceAsync(CrmDbContext db, NumberRule rule, string series, CancellationToken cancel)
    {
        if (rule.IsGapFree || db.Database.IsSqlite())
        {
            await using var command = db.CreateCommand(Next, ("@name", series));
            return await ScalarAsync(command, cancel);
        }
        var tenant = db.Snapshot.Tenant;
        await using var own = await db.Services.GetRequiredService<TenantDatabases>().EngineOf(tenant).OpenAsync(tenant.Store, cancel);
        await using var apart = own.CreateCommand();
        apart.CommandText = Next;
        apart.AddParameter("@name", series);
        return await ScalarAsync(apart, cancel);
    }

    static async Task<long> ScalarAsync(DbCommand command, CancellationToken cancel) =>
        Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);

    static string Period(NumberReset reset, DateOnly day) => reset switch
    {
        NumberReset.Year => day.ToString("yyyy", CultureInfo.InvariantCulture),
        NumberReset.Month => day.ToString("yyyyMM", CultureInfo.InvariantCulture),
        NumberReset.Day => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        _ => "",
    };
}
