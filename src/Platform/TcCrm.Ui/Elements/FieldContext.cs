namespace TcCrm.Ui.Elements;

/// <summary>What a field tells the control inside it.</summary>
sealed record FieldContext(string Name, string Id, bool IsRequired, bool HasHint, string? Error, bool IsGroup)
{
    public string HintId => Id + "-hint";
    public string ErrorId => Id + "-error";

    public string? DescribedBy => (HasHint, Error is not null) switch
    {
        (true, true) => $"{HintId} {ErrorId}",
        (true, false) => HintId,
        (false, true) => ErrorId,
        _ => null,
    };

    /// <summary>For the control: <c>id</c>, what describes it, whether it is wrong, whether it must be filled in.</summary>
    public IEnumerable<(string Name, string Value)> Attributes
    {
        get
        {
            yield return ("id", Id);
            if (DescribedBy is { } ids)
                yield return ("aria-describedby", ids);
            if (Error is not null)
                yield return ("aria-invalid", "true");
            if (IsRequired)
                yield return ("required", "required");
        }
    }
}
