namespace TcCrm;

/// <summary>What a recipe will have made once it has run: lets a later step refer to what an earlier one only promises while it is checked.</summary>
public sealed class RecipePlan
{
    readonly HashSet<(string Kind, string Name)> _promised = [];

    /// <param name="kind">Such as <c>role</c>, <c>user</c>, <c>feature</c>, <c>type</c>, or a record type for the keys of its records.</param>
    public void Promise(string kind, string name) => _promised.Add((kind, name.ToUpperInvariant()));

    public bool Promises(string kind, string name) => _promised.Contains((kind, name.ToUpperInvariant()));
}
