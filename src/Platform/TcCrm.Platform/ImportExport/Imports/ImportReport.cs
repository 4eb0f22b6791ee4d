namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>What an import did, or, as a preview, would do. Kept as JSON with the import; the CLI prints it.</summary>
public sealed record ImportReport
{
    /// <summary>Data rows of the file.</summary>
    public int Rows { get; init; }
    /// <summary>Rows whose record does not exist yet.</summary>
    public int New { get; set; }
    /// <summary>Rows whose record exists.</summary>
    public int Match { get; set; }
    /// <summary>Rows that a later row with the same key replaces.</summary>
    public int Folded { get; init; }
    /// <summary>Keys whose rows differ in a mapped column; the last row counts.</summary>
    public int Conflict { get; init; }
    /// <summary>Rows left out because of a problem.</summary>
    public int Error { get; set; }
    public int Warning { get; set; }
    public int Added { get; set; }
    public int Updated { get; set; }
    /// <summary>Values that an update changes.</summary>
    public int ChangedValues { get; set; }
    public int Unchanged { get; set; }
    /// <summary>Rows that the mode leaves out: existing records when only adding, new ones when only updating.</summary>
    public int Skipped { get; set; }

    public int Done => Folded + Error + Added + Updated + Unchanged + Skipped;
}
