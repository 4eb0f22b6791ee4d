using TcCrm.Platform.Data;

namespace TcCrm.Platform.Mail;

/// <summary>A mail that waits to be sent; removed when the server has taken it. The text is kept protected, since it may hold a link that lets somebody in.</summary>
public sealed class MailMessage : IPlatformEntity
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();
    public required string Address { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public DateTime CreatedAt { get; init; }
    /// <summary>Not tried before; pushed ahead while a node sends it.</summary>
    public DateTime DueAt { get; set; }
    public int Attempts { get; set; }
    public string? Error { get; set; }
}
