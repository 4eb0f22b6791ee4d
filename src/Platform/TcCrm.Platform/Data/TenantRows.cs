namespace TcCrm.Platform.Data;

/// <summary>One setting of the tenant, as JSON.</summary>
public sealed class SettingRow
{
    public required string Key { get; init; }
    public required string Json { get; set; }
}

/// <summary>A feature that is or once was on: its migrations run at each upgrade, so that switching it on again finds its data.</summary>
public sealed class FeatureRow
{
    public required string Id { get; init; }
    public bool IsEnabled { get; set; }
}
