using System.Text.Json.Nodes;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Tenants;

/// <summary>The tenant's settings: the known ones typed, all others kept as they came.</summary>
public sealed class TenantSettings(IReadOnlyDictionary<string, JsonNode?> values)
{
    readonly Lazy<TimeZoneInfo> _zone = new(() => TimeZoneInfo.TryFindSystemTimeZoneById(Text(values, "TimeZoneId") ?? "Asia/Shanghai", out var zone) ? zone : TimeZoneInfo.Utc);

    public string SiteName => Text(values, "SiteName") ?? "TC-CRM";
    /// <summary>IETF tag of the tenant's own language; users may choose another.</summary>
    public string Language => Text(values, "Language") ?? "zh-CN";
    public TimeZoneInfo Zone => _zone.Value;
    /// <summary>ISO 4217, for amounts typed without one.</summary>
    public string Currency => Text(values, "Currency") ?? "CNY";
    /// <summary>ISO 3166 country that a phone number without prefix belongs to.</summary>
    public string PhoneRegion => Text(values, "PhoneRegion") ?? "CN";
    /// <summary>How text that says no zone, currency or country is read.</summary>
    public FieldContext FieldContext => field ??= new(Zone, Currency, PhoneRegion);
    public string? BaseUrl => Text(values, "BaseUrl");
    public string Theme => Text(values, "Theme") ?? "TcCrm.StaffTheme";

    public JsonNode? this[string key] => values.GetValueOrDefault(key);
    public IEnumerable<string> Keys => values.Keys;

    static string? Text(IReadOnlyDictionary<string, JsonNode?> values, string key) =>
        values.GetValueOrDefault(key) is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
