namespace TcCrm.Platform.Records;

/// <summary>How much a context makes of each record that it saves.</summary>
public enum SaveWay
{
    /// <summary>Rules, history, event: what every door does.</summary>
    Full,
    /// <summary>An administrator has decided it for all records of a type, also those that break rules by now.</summary>
    WithoutRules,
    /// <summary>The same, where only the form of values changes: told once for the type, no word of each record.</summary>
    Unsaid,
}
