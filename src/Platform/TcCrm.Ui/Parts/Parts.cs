namespace TcCrm.Ui;

/// <summary>A link or, with <paramref name="Dialog"/>, the opener of a dialog on the page.</summary>
public sealed record PartAction(string Label, string Href, string? Icon = null, string? Dialog = null);

/// <summary>For <c>_Empty</c>: nothing here yet, nothing found, all done.</summary>
public sealed record EmptyState(string Icon, string Title, string? Text = null, params IReadOnlyList<PartAction> Actions);

/// <summary>For <c>_Note</c>: something to know or to do, in the page. <paramref name="IsAlert"/> reads it out at once.</summary>
public sealed record Note(string Tone, string Text, string? Title = null, PartAction? Action = null, bool IsAlert = false);

/// <summary>For <c>_FormSummary</c>: one line of what is wrong; <paramref name="FieldId"/> is the id of the control, or null for the whole form.</summary>
public sealed record FormProblem(string Message, string? FieldId = null);

/// <summary>For <c>_Pager</c>. Null where there is no such page. <paramref name="Target"/> is the selector htmx fills; without it the links are plain.</summary>
public sealed record Pager(string Summary, string? PreviousHref, string? NextHref, string? Target = null);

/// <summary>For <c>_Confirm</c>: a question before a step. The form posts to <paramref name="Action"/>; with <paramref name="MustType"/> the person types those words first.</summary>
public sealed record Confirmation(string Id, string Title, string Text, string Button, string Action)
{
    public string Tone { get; init; } = "danger";
    public string? MustType { get; init; }
    public IReadOnlyDictionary<string, string> Hidden { get; init; } = new Dictionary<string, string>();
}

/// <summary>For <c>_Dialog</c>: a frame around the partial <paramref name="Partial"/> with <paramref name="Model"/>. Opened by <c>data-tc-open="id"</c>.</summary>
public sealed record Dialog(string Id, string Title, string Partial, object? Model = null);

/// <summary>For <c>_Steps</c>: where a wizard or a process stands. Steps before <paramref name="Now"/> (counted from 0) are done.</summary>
public sealed record Steps(string Label, int Now, IReadOnlyList<Step> Items);

public sealed record Step(string Label, string? Href = null);

/// <summary>For <c>_StatusPage</c>: why there is no page, and what to do.</summary>
public sealed record StatusPage(string Icon, string Tone, string Title, string Text, string Code, params IReadOnlyList<PartAction> Actions);
