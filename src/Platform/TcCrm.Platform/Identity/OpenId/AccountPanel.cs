namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A card on the account page of every user: a view component without arguments.</summary>
public sealed record AccountPanel(string ViewComponent, int Order = 0) : IContribution;

/// <summary>Other ways in, below the forms of the sign-in page and of an invitation: a view component with the argument <c>query</c>, which goes along with whoever takes one.</summary>
public sealed record SignInPanel(string ViewComponent) : IContribution;

/// <summary>A card on the page of a user for those who manage users: a view component with the argument <c>user</c>.</summary>
public sealed record UserPanel(string ViewComponent) : IContribution;
