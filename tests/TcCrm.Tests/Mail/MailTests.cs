using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Mail;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Mail;

public sealed partial class MailTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_invited_user_sets_a_password_by_the_mailed_link_and_comes_in(string engine)
    {
        await using var sink = new SmtpSink();
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        Assert.Equal(HttpStatusCode.Found, (await SetServerAsync(chief, sink.Port)).StatusCode);

        var created = await chief.PostAsync("/t/acme/users/new", [("UserName", "ben"), ("Email", "ben@example.com"), ("Roles", "Staff")]);
        Assert.Equal(HttpStatusCode.Found, created.StatusCode);
        var mail = await sink.NextAsync();
        var link = new Uri(Link().Match(mail.TextBody!).Value);

        Assert.Equal(("ben@example.com", "您在acme的账号"), (mail.To.Mailboxes.Single().Address, mail.Subject));
        var ben = Visitor.At(host);
        Assert.Equal(HttpStatusCode.Found, (await SetPasswordAsync(ben, link, "pebble 5 anchor")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetPasswordAsync(ben, link, "pebble 6 anchor")).StatusCode);
        Assert.Equal("/t/acme/", (await ben.SignInAsync("acme", "ben", "pebble 5 anchor")).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_forgotten_password_is_mailed_and_nothing_tells_which_names_exist()
    {
        await using var sink = new SmtpSink();
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await SetServerAsync(await host.SignedInAsync("acme", "chief"), sink.Port);

        var known = await (await Visitor.At(host).PostAsync("/t/acme/account/forgot", [("Name", "clerk@example.com")])).Content.ReadAsStringAsync();
        var unknown = await (await Visitor.At(host).PostAsync("/t/acme/account/forgot", [("Name", "nobody@example.com")])).Content.ReadAsStringAsync();
        var mail = await sink.NextAsync();

        Assert.Equal(Changing().Replace(unknown, ""), Changing().Replace(known, ""));
        Assert.Equal("clerk@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Equal(HttpStatusCode.Found, (await SetPasswordAsync(Visitor.At(host), new(Link().Match(mail.TextBody!).Value), "pebble 5 anchor")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await Visitor.At(host).SignInAsync("acme", "clerk", "pebble 5 anchor")).StatusCode);
    }

    [Fact]
    public async Task A_mail_waits_in_the_database_until_a_server_takes_it()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        await host.InAsync("acme", s => s.GetRequiredService<MailQueue>().SendAsync("ben@example.com", "Subject", "a secret link", default));
        var postman = host.Services.GetRequiredService<Postman>();
        while (await WaitingAsync(host) is { Attempts: 0 }) await postman.DrainAsync("acme", default);

        var waiting = await WaitingAsync(host);
        Assert.True(waiting is { Attempts: 1 } && waiting.DueAt > waiting.CreatedAt);
        Assert.DoesNotContain("secret", waiting.Body, StringComparison.Ordinal);

        await using var sink = new SmtpSink();
        await SetServerAsync(await host.SignedInAsync("acme", "chief"), sink.Port);
        await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<MailMessage>().ExecuteUpdateAsync(u => u.SetProperty(m => m.DueAt, m => m.CreatedAt)));
        await postman.DrainAsync("acme", default);

        Assert.Equal("a secret link", (await sink.NextAsync()).TextBody!.Trim());
        Assert.Null(await WaitingAsync(host));
    }

    [Fact]
    public async Task The_settings_keep_the_password_protected_and_a_test_shows_what_the_server_says()
    {
        await using var sink = new SmtpSink();
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        await SetServerAsync(chief, sink.Port, ("Password", "open-sesame-42"));

        var kept = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<SettingRow>().Where(r => r.Key == "Mail").Select(r => r.Json).SingleAsync());
        Assert.DoesNotContain("open-sesame-42", kept, StringComparison.Ordinal);
        Assert.Equal("open-sesame-42", await host.InAsync("acme", s => Task.FromResult(s.GetRequiredService<MailSettings>().Own?.Password)));
        Assert.DoesNotContain("open-sesame-42", await chief.ReadAsync("/t/acme/settings/mail"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, (await TestAsync(chief, "ben@example.com")).StatusCode);
        Assert.Equal("TC-CRM 测试邮件", (await sink.NextAsync()).Subject);
        var refused = await TestAsync(chief, "refused@example.com");
        Assert.Contains("no such mailbox", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    static Task<HttpResponseMessage> SetServerAsync(Visitor chief, int port, params (string, string)[] more) => chief.PostAsync("/t/acme/settings/mail",
        [("Host", "127.0.0.1"), ("Port", port.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Security", "None"), ("From", "crm@example.com"), ("BaseAddress", "http://localhost/t/acme"), .. more]);

    static Task<HttpResponseMessage> TestAsync(Visitor chief, string address) => chief.PostAsync("/t/acme/settings/mail", [("TestAddress", address)], "/t/acme/settings/mail?handler=Test");

    static Task<HttpResponseMessage> SetPasswordAsync(Visitor visitor, Uri link, string password)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link.Query);
        return visitor.PostAsync(link.PathAndQuery, [("user", query["user"].ToString()), ("token", query["token"].ToString()), ("Password", password), ("Again", password)], link.AbsolutePath);
    }

    static Task<MailMessage?> WaitingAsync(TestHost host) => host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<MailMessage>().AsNoTracking().SingleOrDefaultAsync());

    [GeneratedRegex(@"http://localhost/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("CfDJ8[\\w-]+")]
    private static partial Regex Changing();
}
