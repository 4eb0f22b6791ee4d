using TcCrm.Platform.Records;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>An import that the current user may work on.</summary>
public sealed record OpenImport(Import Import, RecordType Type, ImportPlan Plan)
{
    /// <summary>Its rows are being written or have been: the plan is settled.</summary>
    public bool IsStarted => Import.State is ImportState.Running or ImportState.Done or ImportState.Failed or ImportState.Cancelled;
}
