using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace TcCrm.Platform.Modules.ThirdParty;

/// <summary>Which platform a module was compiled against, read from the file before any of its code is loaded.</summary>
static class BuiltFor
{
    /// <summary>While the platform's version begins with 0, its middle number counts what breaks modules; later the first one does.</summary>
    /// <exception cref="BusinessRuleException">This host cannot run it.</exception>
    public static void RefuseOther(string file)
    {
        foreach (var wanted in References(file).Where(r => r.Name!.StartsWith("TcCrm.", StringComparison.Ordinal)))
            if (ModuleLoadContext.OfHost(wanted)?.GetName().Version is { } here && !Runs(wanted.Version!, here))
                throw new BusinessRuleException("It was built for {0} {1}, and this host has {2}. Build it against the packages of this host, or ask its author for a build for {2}.", null, wanted.Name, wanted.Version!.ToString(3), here.ToString(3));
    }

    internal static bool Runs(Version wanted, Version here) =>
        wanted.Major == here.Major && (here.Major > 0 || wanted.Minor == here.Minor) && wanted <= here;

    static List<AssemblyName> References(string file)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            var metadata = image.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(r => metadata.GetAssemblyReference(r).GetAssemblyName())];
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw new BusinessRuleException("{0} is not a .NET assembly.", null, Path.GetFileName(file));
        }
    }
}
