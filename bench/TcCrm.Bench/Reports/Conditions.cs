using System.Globalization;
using System.Runtime.InteropServices;

namespace TcCrm.Bench.Reports;

/// <summary>The machine at the time of a run, so that numbers of two runs are not compared blindly.</summary>
sealed record Conditions(string At, string Machine, string Load)
{
    public static Conditions Now(TimeProvider time) => new(
        time.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {RuntimeInformation.OSArchitecture} Linux, .NET {Environment.Version}",
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]));
}
