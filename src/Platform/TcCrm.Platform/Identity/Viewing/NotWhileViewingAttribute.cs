namespace TcCrm.Platform.Identity;

/// <summary>
/// Marks what is nobody's but the user's own (password, second factor, keys, consent given to applications) and what gives data out in files:
/// whoever looks as somebody else is refused there. Whatever writes need not be marked; it is refused anyway.
/// </summary>
/// <param name="handlers">Those of the page that are meant; none means the page.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotWhileViewingAttribute(params string[] handlers) : Attribute
{
    public bool Covers(string? handler) => handlers.Length == 0 || handlers.Contains(handler, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Marks the doors that write and stay open to whoever looks as somebody else: the way back.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WhileViewingAttribute : Attribute;
