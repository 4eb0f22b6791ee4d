using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace TcCrm.Platform.Data;

/// <summary>Moments are UTC in memory on both engines: SQLite forgets the kind, PostgreSQL refuses any other.</summary>
public sealed class UtcMoments() : ValueConverter<DateTime, DateTime>(
    v => v.Kind == DateTimeKind.Utc ? v : DateTime.SpecifyKind(v, DateTimeKind.Utc), v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

/// <summary>SQLite keeps ids as 16 bytes, most significant first, so that their order is the order in time.</summary>
public sealed class GuidBytes() : ValueConverter<Guid, byte[]>(v => v.ToByteArray(true), v => new Guid(v, true));

/// <summary>Several values of one field as a JSON array; the index rows beside it serve filters.</summary>
public sealed class JsonStrings() : ValueConverter<List<string>, string>(v => Write(v), v => Read(v))
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(List<string> values) => JsonSerializer.Serialize(values, Plain);
    public static List<string> Read(string json) => json.Length == 0 ? [] : JsonSerializer.Deserialize<List<string>>(json)!;
}

public sealed class JsonStringsComparer() : ValueComparer<List<string>>(
    (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
    v => v.Aggregate(0, (hash, text) => HashCode.Combine(hash, text)),
    v => v.ToList());
