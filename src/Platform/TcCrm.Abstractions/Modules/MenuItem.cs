namespace TcCrm;

/// <summary>An entry of the staff's side navigation. Shown only with <paramref name="Permission"/>; <paramref name="Group"/> and <paramref name="Label"/> are text keys.</summary>
public sealed record MenuItem(string Group, string Label, string Icon, string Href, string? Permission, int Order = 0) : IContribution;
