using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace TcCrm.Platform.Mail;

/// <summary>Hands one mail to the server.</summary>
public static class SmtpDelivery
{
    const int Timeout = 30_000;

    /// <exception cref="Exception">The server could not be reached or refused the mail.</exception>
    public static async Task SendAsync(MailServer server, string address, string subject, string body, CancellationToken cancel)
    {
        using var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = body } };
        message.From.Add(new MailboxAddress(server.FromName ?? "", server.From));
        message.To.Add(MailboxAddress.Parse(address));
        using var client = new SmtpClient { Timeout = Timeout };
        await client.ConnectAsync(server.Host, server.Port, OptionsOf(server.Security), cancel);
        if (!string.IsNullOrEmpty(server.UserName)) await client.AuthenticateAsync(server.UserName, server.Password ?? "", cancel);
        await client.SendAsync(message, cancel);
        await client.DisconnectAsync(quit: true, cancel);
    }

    static SecureSocketOptions OptionsOf(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };
}
