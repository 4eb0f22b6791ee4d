namespace TcCrm;

/// <summary>Something correctable. <paramref name="Field"/> is the field's name, or empty for the record as a whole; <paramref name="Key"/> an English sentence for <see cref="IText"/>.</summary>
public sealed record RecordProblem(string Field, string Key, params object?[] Args)
{
    /// <summary>A stable word for programs: <c>required</c>, <c>too-long</c>, <c>not-valid</c>, <c>not-unique</c>, <c>not-found</c>, <c>read-only</c>, <c>rule</c>.</summary>
    public string Code { get; init; } = "rule";
    public string Message(IText text) => text[Key, Args];
}

/// <summary>A business step that is refused. The door that catches it shows the text in the user's language.</summary>
public sealed class BusinessRuleException(string key, string? field = null, params object?[] args) : Exception(args.Length == 0 ? key : string.Format(System.Globalization.CultureInfo.InvariantCulture, key, args))
{
    public string Key { get; } = key;
    public string? Field { get; } = field;
    public IReadOnlyList<object?> Args { get; } = args;
    public string Text(IText text) => text[Key, [.. Args]];
}
