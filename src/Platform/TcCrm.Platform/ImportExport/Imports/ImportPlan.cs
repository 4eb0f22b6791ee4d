using TcCrm.Platform.ImportExport.Files;

namespace TcCrm.Platform.ImportExport.Imports;

public enum ImportMode { AddAndUpdate, Add, Update }

/// <summary>A column of the file and what it fills. A city may be a text of its own and a part of the region.</summary>
public sealed record ImportColumn(string Header, IReadOnlyList<string> Fields);

/// <summary>How the rows of a file become records. Kept as JSON with the import, so that it can be run again.</summary>
public sealed record ImportPlan
{
    public required string RecordType { get; init; }
    public IReadOnlyList<ImportColumn> Columns { get; init; } = [];
    /// <summary>All columns of the file: by them the same user's next file of the kind is known.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];
    /// <summary>By field, what words of the file mean that are no choice of it: the name of a choice, or nothing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();
    /// <summary>Texts for fields that no column fills.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();
    /// <summary>The field that tells which record a row means; without one every row is added.</summary>
    public string? MatchField { get; init; }
    public ImportMode Mode { get; init; }
    /// <summary>An empty cell empties the field of an existing record; otherwise it leaves it alone.</summary>
    public bool EmptyClears { get; init; }
    public string? Encoding { get; init; }
    public char? Delimiter { get; init; }
    public bool FirstRowIsHeader { get; init; } = true;

    public TabularOptions FileOptions => new() { Encoding = Encoding, Delimiter = Delimiter, FirstRowIsHeader = FirstRowIsHeader };

    /// <summary>The plan with more words explained.</summary>
    public ImportPlan Meaning(IEnumerable<(string Field, string Word, string Choice)> more)
    {
        var values = Values.ToDictionary(f => f.Key, f => f.Value.ToDictionary());
        foreach (var (field, word, choice) in more)
        {
            if (!values.TryGetValue(field, out var words)) values.Add(field, words = []);
            words[word] = choice;
        }
        return this with { Values = values.ToDictionary(f => f.Key, f => (IReadOnlyDictionary<string, string>)f.Value) };
    }

    public static ImportMode? ParseMode(string text) => text switch
    {
        "add" => ImportMode.Add,
        "update" => ImportMode.Update,
        "add+update" => ImportMode.AddAndUpdate,
        _ => null,
    };
}
