using System.Globalization;
using System.Runtime.InteropServices;

namespace TcCrm.Bench.Running;

/// <summary>What the kernel says of another process: CPU of all its threads, ended ones too, and resident memory.</summary>
static class ProcessFacts
{
    const int CollectSignal = 10; // SIGUSR1; see StartupHook
    static readonly double MillisecondsPerTick = 1000.0 / Sysconf(2);

    /// <summary>User and system time, from <c>/proc/&lt;pid&gt;/stat</c>; a tick of the kernel is the step, usually 10 ms.</summary>
    /// <param name="withEnded">Also that of its child processes which have ended.</param>
    public static double CpuMilliseconds(int pid, bool withEnded = false) => StatOf(pid)[11..(withEnded ? 15 : 13)].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) * MillisecondsPerTick;

    /// <summary>0 when the process has ended.</summary>
    public static int ParentOf(int pid)
    {
        try
        {
            return int.Parse(StatOf(pid)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static string[] StatOf(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>The same time from the process's CPU clock, in nanosecond steps: for one request alone.</summary>
    public static double FineCpuMilliseconds(int pid) =>
        ClockGetTime((~pid << 3) | 2, out var time) == 0 ? (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6) : throw new InvalidOperationException("The process has no CPU clock.");

    public static double ResidentMegabytes(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>How many files with this in their path the process holds open.</summary>
    public static int OpenFiles(int pid, string named) =>
        Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count(f => new FileInfo(f).LinkTarget?.Contains(named, StringComparison.Ordinal) == true);

    public static void AskToCollect(int pid)
    {
        if (Kill(pid, CollectSignal) != 0) throw new InvalidOperationException("The server could not be asked to collect its garbage.");
    }

    [DllImport("libc", EntryPoint = "sysconf")]
    static extern long Sysconf(int name);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    static extern int ClockGetTime(int clock, out TimeSpec time);

    [DllImport("libc", EntryPoint = "kill")]
    static extern int Kill(int pid, int signal);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
