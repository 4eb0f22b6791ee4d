namespace TcCrm.Platform.Pages.Records;

/// <summary>One step in the order of columns by its name, such as <c>up:Kind</c>.</summary>
public static class ColumnSteps
{
    public static IReadOnlyList<string> Apply(IReadOnlyList<string> columns, string? step)
    {
        if (step?.Split(':') is not [("up" or "down") and var way, var name] || columns.ToList().FindIndex(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) is not (>= 0 and var from)) return columns;
        var to = from + (way == "up" ? -1 : 1);
        if (to < 0 || to >= columns.Count) return columns;
        var moved = columns.ToList();
        (moved[from], moved[to]) = (moved[to], moved[from]);
        return moved;
    }
}
