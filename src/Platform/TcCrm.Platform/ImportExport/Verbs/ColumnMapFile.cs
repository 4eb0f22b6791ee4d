using System.Text.Json;
using TcCrm.Platform.ImportExport.Imports;

namespace TcCrm.Platform.ImportExport.Verbs;

/// <summary>A mapping written by hand: headers with a field or several, alone or under <c>columns</c> beside <c>constants</c>.</summary>
static class ColumnMapFile
{
    /// <exception cref="BusinessRuleException">The file is not there, or not of this form.</exception>
    public static (IReadOnlyList<ImportColumn> Columns, IReadOnlyDictionary<string, string> Constants) Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path), new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var root = json.RootElement;
            var nested = root.TryGetProperty("columns", out var columns) && columns.ValueKind == JsonValueKind.Object;
            var constants = nested && root.TryGetProperty("constants", out var given) ? given.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()) : [];
            return ([.. (nested ? columns : root).EnumerateObject().Select(p => new ImportColumn(p.Name, FieldsOf(p.Value)))], constants);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            throw new BusinessRuleException("The map '{0}' is not a JSON object of headers and fields.", null, path);
        }
    }

    static string[] FieldsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [value.GetString()!];
}
