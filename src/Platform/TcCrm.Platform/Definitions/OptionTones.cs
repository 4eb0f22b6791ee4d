namespace TcCrm.Platform.Definitions;

/// <summary>The colours that a choice can have.</summary>
public static class OptionTones
{
    public static readonly IReadOnlyList<string> All = ["gray", "green", "teal", "blue", "accent", "violet", "pink", "amber", "red"];
}
