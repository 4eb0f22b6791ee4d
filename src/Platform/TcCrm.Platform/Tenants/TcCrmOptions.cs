namespace TcCrm.Platform.Tenants;

/// <summary>Configuration section <c>TcCrm</c>.</summary>
public sealed class TcCrmOptions
{
    /// <summary>Where tenants' databases and files live; relative paths count from the working directory.</summary>
    public string DataPath { get; set; } = "App_Data";
    public DatabaseOptions Database { get; set; } = new();
    /// <summary>Tenants that are set up at start unless they are there.</summary>
    public List<AutoSetupOptions> AutoSetup { get; set; } = [];
    /// <summary>What <c>--demo</c> says: a host administrator and a tenant <c>demo</c> with data.</summary>
    public bool Demo { get; set; }
    /// <summary>Page cache of one open SQLite connection, KiB.</summary>
    public int SqliteCacheKiB { get; set; } = 256;
    /// <summary>SQLite connections kept open over all tenants while nobody uses them.</summary>
    public int IdleConnections { get; set; } = 64;
    /// <summary>Seconds after which an unused SQLite connection is closed.</summary>
    public int IdleSeconds { get; set; } = 30;
}

public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> or <c>Postgres</c>: what new tenants and the registry use.</summary>
    public string Provider { get; set; } = "Sqlite";
    public string? ConnectionString { get; set; }
    public string Engine => Provider.Equals("Postgres", StringComparison.OrdinalIgnoreCase) ? "postgres" : "sqlite";
}
