namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A card on the account page of every user: a view component without arguments.</summary>
public sealed record AccountPanel(string ViewComponent, int Order = 0) : IContribution;
