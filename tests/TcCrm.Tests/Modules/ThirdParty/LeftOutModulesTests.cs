using TcCrm.Platform.Modules;

namespace TcCrm.Tests.Modules.ThirdParty;

public sealed class LeftOutModulesTests
{
    const string Good = """[assembly: TcCrm.Module(Name = "Good", Author = "Somebody")]""";

    [Theory]
    [InlineData("Other", "[assembly: TcCrm.Module(Id = \"TcCrm.Customers\")]", "It brings '{0}', which {1} has already.")]
    [InlineData("Goods", "[assembly: TcCrm.Module(Id = \"Good\")]", "It brings '{0}', which {1} has already.")]
    [InlineData("Type", "[assembly: TcCrm.Module] [TcCrm.Record(\"customers.customer\")] public class Customer : TcCrm.Record { }", "It brings '{0}', which {1} has already.")]
    [InlineData("Lonely", "[assembly: TcCrm.Module(Dependencies = new[] { \"TcCrm.Nowhere\" })]", "It needs the feature '{0}', which is not installed.")]
    [InlineData("Library", "public class Nothing;", "It is no module: it has no [assembly: Module].")]
    [InlineData("Throws", "[assembly: TcCrm.Module] public class Startup : TcCrm.StartupBase { public override void Contribute(TcCrm.Contributions c) => throw new System.MissingMethodException(\"gone\"); }", "It does not work: {0}")]
    public void A_module_that_cannot_work_is_left_out_with_the_reason(string name, string source, string reason)
    {
        using var folder = new ModulesFolder();
        folder.Add("Good", Good);
        folder.Add(name, source);
        var modules = folder.Read();
        var trouble = Assert.Single(modules.Troubles);
        Assert.Equal((name, reason), (trouble.Module, trouble.Reason.Key));
        Assert.True(modules.Find("Good")!.IsThirdParty);
        Assert.False(modules.Find("TcCrm.Customers")!.IsThirdParty);
        Assert.DoesNotContain(modules.Assemblies, a => a.GetName().Name == name);
    }

    [Theory]
    [InlineData("0.0.9.0", false)]
    [InlineData("0.1.0.0", true)]
    [InlineData("0.1.7.0", false)]
    [InlineData("0.2.0.0", false)]
    [InlineData("1.1.0.0", false)]
    public void Only_what_was_built_for_this_platform_is_taken_in(string version, bool isTaken)
    {
        using var folder = new ModulesFolder();
        folder.Add("Foreign", Good, [ModulesFolder.Abstractions(version), .. ModulesFolder.WithoutPlatform]);
        var modules = folder.Read();
        Assert.Equal(isTaken, modules.Find("Foreign") is not null);
        if (isTaken) Assert.Empty(modules.Troubles);
        else Assert.Contains($"TcCrm.Abstractions {version[..^2]}", Assert.Single(modules.Troubles).Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_module_at_all_is_named()
    {
        using var folder = new ModulesFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "Empty"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Path, "Text")).FullName, "Text.dll"), "not code");
        Assert.Equal(["There is no Empty.dll in its folder.", "Text.dll is not a .NET assembly."], folder.Read().Troubles.Select(t => t.Reason.Message));
    }

    [Fact]
    public void Modules_may_need_each_other_whatever_their_order()
    {
        using var folder = new ModulesFolder();
        folder.Add("Above", """[assembly: TcCrm.Module(Dependencies = new[] { "Below" })]""");
        folder.Add("Below", """[assembly: TcCrm.Module]""");
        Assert.Empty(folder.Read().Troubles);
    }
}
