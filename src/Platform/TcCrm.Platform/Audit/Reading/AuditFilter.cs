using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace TcCrm.Platform.Audit;

/// <summary>What of the log is asked for, as the page's address says it. Days are those of the tenant's zone, both inclusive.</summary>
public sealed record AuditFilter(DateOnly? From, DateOnly? Until, string User, string Action, string RecordType, Guid? RecordId, string Search)
{
    public const int LongestWord = 100;

    public static AuditFilter Read(IQueryCollection query) => new(
        Day(query["from"]), Day(query["until"]), Word(query["user"]), Word(query["action"]), Word(query["type"]), Guid.TryParse(query["record"], out var id) ? id : null, Word(query["q"]));

    public bool IsNarrowed => this != new AuditFilter(null, null, "", "", "", null, "");

    /// <summary>Behind <c>~/audit</c>.</summary>
    public string Query(Guid? before = null, string? handler = null)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Parts.Where(p => p.Value.Length > 0)) query.Add(name, value);
        if (before is { } id) query.Add("before", id.ToString());
        if (handler is not null) query.Add("handler", handler);
        return query.ToString();
    }

    /// <summary>By their names in the address; empty where nothing is asked.</summary>
    public IEnumerable<(string Name, string Value)> Parts =>
    [
        ("from", Text(From)), ("until", Text(Until)), ("user", User), ("action", Action), ("type", RecordType), ("record", RecordId?.ToString() ?? ""), ("q", Search),
    ];

    /// <summary>The moments between which entries were written; the second is the first that no longer counts.</summary>
    public (DateTime? From, DateTime? Before) Bounds(TimeZoneInfo zone) => (Start(From, zone), Until == DateOnly.MaxValue ? null : Start(Until?.AddDays(1), zone));

    /// <summary>The smallest id that can have been made at this moment: ids begin with the millisecond.</summary>
    public static Guid IdAt(DateTime moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, new DateTimeOffset(moment).ToUnixTimeMilliseconds()) << 16);
        return new(bytes, bigEndian: true);
    }

    static DateTime? Start(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } date || date.Year is < 1971 or > 9998) return null;
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    static string Word(string? text) => text?.Trim() is not { } word ? "" : word.Length > LongestWord ? word[..LongestWord] : word;
}
