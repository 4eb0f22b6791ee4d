namespace TcCrm.Platform.Identity;

/// <summary>One user or role of a batch. <paramref name="Refusal"/> says in the user's language why nothing happens to it; null when it does.</summary>
public sealed record BatchItem(Guid Id, string Name, string? Refusal);
