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
    /// <summary>Addresses or networks of the proxies in front, such as <c>10.0.0.0/8</c>. Only theirs are the <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> that count.</summary>
    public List<string> Proxies { get; set; } = [];
    /// <summary>Page cache of one open SQLite connection, KiB.</summary>
    public int SqliteCacheKiB { get; set; } = 256;
    /// <summary>SQLite connections kept open over all tenants while nobody uses them.</summary>
    public int IdleConnections { get; set; } = 64;
    /// <summary>Seconds after which an unused SQLite connection is closed.</summary>
    public int IdleSeconds { get; set; } = 30;
    /// <summary>Seconds after which a tenant without visitors is forgotten; the next request reads it anew.</summary>
    public int TenantIdleSeconds { get; set; } = 300;
}

public sealed class DatabaseOptions
{
    /// <summary><c>Sqlite</c> or <c>Postgres</c>: what new tenants and the registry use.</summary>
    public string Provider { get; set; } = "Sqlite";
    public string? ConnectionString { get; set; }
    /// <exception cref="BusinessRuleException">It is neither.</exception>
    public string Engine => Provider.ToUpperInvariant() switch
    {
        "SQLITE" => "sqlite",
        "POSTGRES" => "postgres",
        _ => throw new BusinessRuleException("There is no database provider '{0}'. Set TcCrm:Database:Provider to Sqlite or Postgres.", null, Provider),
    };
}
