namespace TcCrm.Platform.Tenants;

/// <summary>The first user of a tenant, with every right.</summary>
public sealed record FirstUser(string UserName, string Password)
{
    public string? DisplayName { get; init; }
    public string? Email { get; init; }
    public bool MustChangePassword { get; init; }
}

/// <summary>What somebody wants set up, by whatever door it came. The fields of problems are named like these properties.</summary>
/// <param name="Recipe">Name of a recipe, or path of a file.</param>
public sealed record TenantWish(string Name, string Recipe, FirstUser Administrator)
{
    /// <summary>The company's name; its address name unless given.</summary>
    public string? Title { get; init; }
    public string Language { get; init; } = "zh-CN";
    public string Zone { get; init; } = "Asia/Shanghai";
    public string? Host { get; init; }
    /// <summary>Invented records beside what the recipe brings.</summary>
    public bool WithDemoData { get; init; }
    /// <summary>Given: users that the recipe brings without a password get a random one, which is told here.</summary>
    public Action<NewCredentials>? Reveal { get; init; }

    public bool IsDefault => Name == Tenant.DefaultName;

    /// <summary>The host administrator's own tenant at the root.</summary>
    public static TenantWish ForHost(FirstUser administrator) => new(Tenant.DefaultName, "", administrator) { Title = "TC-CRM" };
}

/// <summary>Who can sign in where. Shown once, kept nowhere.</summary>
public sealed record NewCredentials(string Tenant, string Role, string UserName, string Password);

/// <summary>A set-up that cannot be done as asked; nothing of it remains.</summary>
public sealed class SetupRefusedException(IReadOnlyList<RecordProblem> problems) : Exception("The set-up has problems.")
{
    public IReadOnlyList<RecordProblem> Problems { get; } = problems;
    /// <summary>Of several, the tenant whose wish is wrong.</summary>
    public string? Tenant { get; init; }
}
