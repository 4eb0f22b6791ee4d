using System.Runtime;
using System.Runtime.InteropServices;

/// <summary>Runs inside the measured server (DOTNET_STARTUP_HOOKS) so that SIGUSR1 makes it collect all garbage: the product needs no door for that.</summary>
static class StartupHook
{
    static PosixSignalRegistration? s_registration;

    public static void Initialize() => s_registration = PosixSignalRegistration.Create((PosixSignal)10, context =>
    {
        context.Cancel = true;
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    });
}
