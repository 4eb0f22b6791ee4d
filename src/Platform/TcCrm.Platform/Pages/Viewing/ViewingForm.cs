namespace TcCrm.Platform.Pages.Viewing;

/// <summary>Asks why, and in which unit where a role is looked at.</summary>
/// <param name="Who">As they are called.</param>
/// <param name="Units">Null where a user is looked at, who works where they work.</param>
public sealed record ViewingForm(string Who, string Back, string? Reason, IReadOnlyList<(Guid Id, string Name)>? Units, Guid? Unit);
