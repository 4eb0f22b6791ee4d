namespace TcCrm.Platform.Tenants;

public enum TenantState { Uninitialized, Initializing, Running, Disabled, Invalid }

/// <summary>One line of the registry.</summary>
/// <param name="Name">a-z, 0-9 and '-', at most 40; the address is <c>/t/name</c>. The default tenant, called <c>default</c>, stands at <c>/</c>.</param>
/// <param name="Engine"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Version">Counts up with every change that other nodes must notice.</param>
/// <param name="Error">Why the tenant is <see cref="TenantState.Invalid"/>.</param>
public sealed record Tenant(string Name, string Engine, TenantState State, string? Host = null, string? Title = null, string? Recipe = null, DateTime CreatedAt = default, long Version = 0, string? Error = null)
{
    public const string DefaultName = "default";

    /// <summary>Where the data is while the tenant is built aside; begins with a digit, which no tenant's name does.</summary>
    public string? Aside { get; init; }
    /// <summary>Name of the tenant's file folder and schema.</summary>
    public string Store => Aside ?? Name;
    public bool IsDefault => Name == DefaultName;
    public string PathBase => IsDefault ? "" : "/t/" + Name;

    public static string SchemaOf(string name) => "t_" + name.Replace('-', '_');

    public static bool IsValidName(string? name) =>
        name is { Length: > 0 and <= 40 } && name[0] is >= 'a' and <= 'z' && name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');
}
