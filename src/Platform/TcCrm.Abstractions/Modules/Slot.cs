namespace TcCrm;

/// <summary>A panel on the page of someone else's record: a partial view or view component that gets the record's id.</summary>
/// <param name="RecordType">Such as <c>customers.customer</c>.</param>
/// <param name="Place"><c>figures</c>, <c>main</c>, <c>side</c> or <c>tabs</c>.</param>
/// <param name="ViewComponent">Name of a view component; it is invoked with <c>recordId</c>.</param>
/// <param name="Permission">Shown only with it.</param>
public sealed record Slot(string RecordType, string Place, string Title, string ViewComponent, string? Permission = null, int Order = 0) : IContribution;
