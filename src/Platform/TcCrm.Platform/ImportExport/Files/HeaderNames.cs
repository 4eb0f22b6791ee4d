namespace TcCrm.Platform.ImportExport.Files;

static class HeaderNames
{
    public static IReadOnlyList<string> From(string[] firstRow, bool isHeader)
    {
        var width = firstRow.Length;
        while (isHeader && width > 1 && string.IsNullOrWhiteSpace(firstRow[width - 1]))
            width--;
        var names = new List<string>(width);
        for (var i = 0; i < width; i++)
            names.Add(Unused(names, isHeader ? FormulaGuard.Remove(firstRow[i]).Trim() : "", i + 1));
        return names;
    }

    static string Unused(List<string> names, string name, int position)
    {
        if (name.Length == 0)
            name = $"#{position}";
        var candidate = name;
        for (var n = 2; names.Contains(candidate); n++)
            candidate = $"{name} ({n})";
        return candidate;
    }
}
