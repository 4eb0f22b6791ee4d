using System.Reflection;
using System.Runtime.Loader;

namespace TcCrm.Platform.Modules.ThirdParty;

/// <summary>
/// One module from the modules folder with the libraries it brings. What the host has in that version or a newer one is the host's:
/// the module's <c>Record</c> has to be the platform's <c>Record</c>.
/// </summary>
sealed class ModuleLoadContext(string file) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(file))
{
    readonly AssemblyDependencyResolver _own = new(file);

    /// <summary>Where the module lies.</summary>
    public string Folder { get; } = Path.GetDirectoryName(file)!;

    /// <summary>Null for what ships with the host.</summary>
    public static ModuleLoadContext? Of(Assembly assembly) => GetLoadContext(assembly) as ModuleLoadContext;

    public static Assembly? OfHost(AssemblyName wanted)
    {
        try
        {
            return Default.LoadFromAssemblyName(new(wanted.Name!) { CultureName = wanted.CultureName });
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (OfHost(assemblyName) is { } shared && shared.GetName().Version >= assemblyName.Version) return shared;
        return _own.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _own.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
