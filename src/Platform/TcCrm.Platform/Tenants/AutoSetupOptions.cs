namespace TcCrm.Platform.Tenants;

/// <summary>A tenant that is set up at start if it is not there: one entry of <c>TcCrm:AutoSetup</c>. The name <c>default</c> makes the host administrator.</summary>
public sealed class AutoSetupOptions
{
    public string Name { get; set; } = "";
    public string? Title { get; set; }
    public string Recipe { get; set; } = "blank";
    public string Language { get; set; } = "zh-CN";
    public string Zone { get; set; } = "Asia/Shanghai";
    /// <summary>Host names that lead to it, separated by commas.</summary>
    public string? Host { get; set; }
    public bool DemoData { get; set; }
    public string AdminUser { get; set; } = "admin";
    public string? AdminName { get; set; }
    public string? AdminEmail { get; set; }
    public string? AdminPassword { get; set; }
    /// <summary>A file with the password alone, such as a mounted secret.</summary>
    public string? AdminPasswordFile { get; set; }

    public TenantWish ToWish()
    {
        var password = AdminPasswordFile is null ? AdminPassword ?? "" : File.ReadAllText(AdminPasswordFile).TrimEnd('\r', '\n');
        var administrator = new FirstUser(AdminUser, password) { DisplayName = AdminName, Email = AdminEmail };
        return new(Name, Recipe, administrator) { Title = Title, Language = Language, Zone = Zone, Host = Host, WithDemoData = DemoData };
    }
}
