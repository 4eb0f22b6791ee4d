using System.Diagnostics;
using System.Globalization;
using TcCrm.Bench.Data;
using TcCrm.Bench.Reports;

namespace TcCrm.Bench.Figures;

/// <summary>Makes the tenants in a process of their own, from nothing, and tells what CPU a set-up takes.</summary>
static class TenantMaking
{
    const double MostMilliseconds = 1000;

    public static async Task<IReadOnlyList<IReadOnlyList<string>>> RunAsync(BenchOptions options)
    {
        if (Directory.Exists(ManyTenants.DataPath)) Directory.Delete(ManyTenants.DataPath, recursive: true);
        var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(TenantMaking).Assembly.Location, "make-tenants", "--tenants", options.Tenants.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        var times = new List<double>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
            if (double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var time)) times.Add(time);
        await child.WaitForExitAsync();
        if (child.ExitCode != 0) throw new InvalidOperationException("The tenants could not be made.");
        double[] later = [.. times.Skip(1).Order()];
        return [Row("set-up, the first of a process", times[0]), Row("set-up, median", later[later.Length / 2]), Row("set-up, p95", later[(int)(later.Length * 0.95)])];
    }

    static string[] Row(string name, double milliseconds) =>
        [name, FormattableString.Invariant($"{milliseconds:0}"), FormattableString.Invariant($"< {MostMilliseconds:0}"), FigureTable.Verdict(milliseconds < MostMilliseconds)];
}
