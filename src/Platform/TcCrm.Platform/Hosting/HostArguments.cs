namespace TcCrm.Platform.Hosting;

/// <summary>Arguments of the host as configuration: <c>--demo</c> has no value of its own.</summary>
public static class HostArguments
{
    public static string[] Of(IEnumerable<string> args) => [.. args.Select(a => a == "--demo" ? "--TcCrm:Demo=true" : a)];
}
