namespace TcCrm;

/// <summary>Makes an assembly a module. Its default feature has the module's id (the assembly's name unless given).</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public class ModuleAttribute : Attribute
{
    public string? Id { get; set; }
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public string Category { get; set; } = "";
    public string Version { get; set; } = "";
    public string Author { get; set; } = "";
    public string Website { get; set; } = "";
    public string[] Tags { get; set; } = [];
    /// <summary>Ids of features that enabling this one pulls in.</summary>
    public string[] Dependencies { get; set; } = [];
    /// <summary>Ids of features elsewhere whose formats this one reads: a recipe that switches one of them on switches this one on.</summary>
    public string[] StandsFor { get; set; } = [];
    /// <summary>On for every tenant and cannot be switched off.</summary>
    public bool IsAlwaysEnabled { get; set; }
    /// <summary>Offered in the default tenant (host administration) only.</summary>
    public bool DefaultTenantOnly { get; set; }
}

/// <summary>A module that brings a look: tokens, layouts, overridden views.</summary>
public sealed class ThemeAttribute : ModuleAttribute
{
    public string? BaseTheme { get; set; }
}

/// <summary>On an assembly it declares a further feature; on a startup, page or record class it ties the class to one.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true)]
public sealed class FeatureAttribute(string id) : Attribute
{
    public string Id { get; } = id;
    public string Name { get; set; } = "";
    public string Description { get; set; } = "";
    public string Category { get; set; } = "";
    public string[] Dependencies { get; set; } = [];
    public bool IsAlwaysEnabled { get; set; }
    public bool DefaultTenantOnly { get; set; }
}

/// <summary>What this startup brings counts only in tenants where these features are on as well: cooperation without a dependency.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequireFeaturesAttribute(params string[] featureIds) : Attribute
{
    public IReadOnlyList<string> FeatureIds { get; } = featureIds;
}
