using TcCrm.Platform.Fields;

namespace TcCrm.Platform.ImportExport.Imports;

/// <summary>What a row gives a field; null stands for an empty cell.</summary>
readonly record struct CellValue(MappedField Mapped, object? Value)
{
    public Field Field => Mapped.Field;
}

/// <summary>Something wrong in a row, or, as a warning, something worth a look. <paramref name="Header"/> is empty for the row as a whole.</summary>
public sealed record RowProblem(int Line, string Header, RecordProblem Problem);

/// <summary>A row that has been read: values, or problems that keep it out.</summary>
sealed class ImportRow(int line, string[] cells)
{
    public int Line { get; } = line;
    public string[] Cells { get; } = cells;
    public string? Key { get; set; }
    public List<CellValue> Values { get; } = [];
    public List<RowProblem> Problems { get; } = [];
    public List<RowProblem> Warnings { get; } = [];

    public void Refuse(string header, RecordProblem problem) => Problems.Add(new(Line, header, problem));
    public void Warn(string header, RecordProblem problem) => Warnings.Add(new(Line, header, problem));
}
