namespace TcCrm.Platform.Pages.Records;

/// <summary>One save in words. <paramref name="Action"/> is <c>Created</c>, <c>Updated</c>, <c>Deleted</c>, <c>Restored</c> …</summary>
public sealed record HistoryEntry(Guid Id, string Who, DateTime At, string Action, IReadOnlyList<HistoryChange> Changes);

/// <summary>Values as people read them; empty for none.</summary>
public sealed record HistoryChange(string Label, string Old, string New);

/// <param name="Next">Entries before this one are on the next page; null when there are none.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, Guid? Next)
{
    public static (string Icon, string Tone) MarkOf(string action) => action switch
    {
        "Created" => ("plus", "green"),
        "Deleted" => ("trash", "red"),
        "Restored" => ("arrow-back-up", "violet"),
        "Printed" => ("printer", "amber"),
        "Shared" or "ShareWithdrawn" => ("share", "violet"),
        _ => ("pencil", "blue"),
    };

    public static string WordsOf(string action, IText text) => action switch
    {
        "Created" => text["created the record"],
        "Updated" => text["changed the record"],
        "Deleted" => text["moved the record to the recycle bin"],
        "Restored" => text["took the record out of the recycle bin"],
        "Printed" => text["printed the record"],
        "Shared" => text["shared the record"],
        "ShareWithdrawn" => text["withdrew a share of the record"],
        _ => text[action],
    };
}
