namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>Uploaded files hold what people had outside of the system; they stay as long as somebody may still correct an import. What an import did stays.</summary>
public sealed class RemoveOldImportFiles(ImportFiles files, TimeProvider time) : IPeriodicJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public string Name => "remove-old-import-files";
    public TimeSpan Every => TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken cancel)
    {
        files.RemoveOlderThan(time.GetUtcNow().UtcDateTime - Kept);
        return Task.CompletedTask;
    }
}
