using System.Text.Json;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields.Kinds;

namespace TcCrm.Platform.ImportExport.Imports;

public enum ImportState { Draft, Previewing, Previewed, Running, Done, Failed, Cancelled }

/// <summary>One import from the upload on: its file, how it is read, what came of it.</summary>
public sealed class Import : IPlatformEntity
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string RecordType { get; init; }
    public required string FileName { get; init; }
    public long FileSize { get; init; }
    public ImportState State { get; set; }
    public required string PlanJson { get; set; }
    public string ReportJson { get; set; } = "{}";
    /// <summary>Where an interrupted run goes on, see <see cref="ImportPlace"/>.</summary>
    public int Pass { get; set; }
    public int Line { get; set; }
    public Guid? JobId { get; set; }
    public Guid? CreatedById { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    public ImportPlace Place => new(Pass, Line);
    public ImportPlan Plan() => JsonSerializer.Deserialize<ImportPlan>(PlanJson, Json)!;
    public ImportReport Report() => JsonSerializer.Deserialize<ImportReport>(ReportJson, Json)!;
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);
}

/// <summary>Something about a row that somebody should know: why it was left out, or a warning. The text is made when it is read, in the reader's language.</summary>
public sealed class ImportFinding : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public Guid ImportId { get; init; }
    public int Line { get; init; }
    /// <summary>Header of the column; empty for the row as a whole.</summary>
    public string Header { get; init; } = "";
    public bool IsWarning { get; init; }
    public required string Key { get; init; }
    /// <summary>JSON list of texts.</summary>
    public string Args { get; init; } = "[]";
    /// <summary>JSON list of the row's cells, at the row's first problem only.</summary>
    public string? Cells { get; init; }

    public string FirstArgument => JsonSerializer.Deserialize<string[]>(Args)!.FirstOrDefault("");

    /// <param name="closed">Columns whose values the reader may not see: they do not stand in the reason either.</param>
    public string Text(IText text, IReadOnlySet<string> closed)
    {
        var args = JsonSerializer.Deserialize<string[]>(Args)!;
        return text[Key, [.. closed.Contains(Header) ? args.Select(_ => MaskedKind.Stars) : args]];
    }
}
