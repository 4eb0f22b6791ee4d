namespace TcCrm;

/// <summary>Something wrong in a recipe, with the JSON path and line where it stands. <paramref name="Key"/> is an English sentence for <see cref="IText"/>.</summary>
public sealed record RecipeProblem(string Path, int Line, string Key, params object?[] Args)
{
    /// <summary>File or name of the recipe, since one recipe may run others.</summary>
    public string Recipe { get; init; } = "";
    /// <summary>Reported, but does not keep the recipe from running.</summary>
    public bool IsWarning { get; init; }

    public string Place(IText text) => text["{0} (line {1})", Path, Line];
    public string Message(IText text) => text[Key, Args];
}
