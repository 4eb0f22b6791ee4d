namespace TcCrm;

/// <summary>A panel on the staff's home page: a view component without arguments. What has nothing to show writes nothing.</summary>
/// <param name="Permission">Shown only with it.</param>
public sealed record HomePanel(string ViewComponent, string? Permission = null, int Order = 0) : IContribution;
