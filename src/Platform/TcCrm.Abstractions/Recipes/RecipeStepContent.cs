using System.Text.Json.Nodes;

namespace TcCrm;

/// <summary>What a step says, with its expressions evaluated, read when it is asked for.</summary>
public abstract class RecipeStepContent
{
    /// <summary>All of it.</summary>
    public abstract JsonObject Body { get; }
    /// <summary>All but this list, which may be long.</summary>
    public abstract JsonObject Without(string list);
    /// <summary>The name as it is written and the entries, read one after the other; no entries where it is no list. Null when there is no such property, or it is null.</summary>
    public abstract (string Name, IEnumerable<JsonNode?>? Entries)? List(string property);
}
