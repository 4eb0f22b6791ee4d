using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Settings;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Audit;

/// <summary>What leaves an entry besides the saves of records.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task Signing_in_and_out_and_failing_to_with_the_program_it_was_done_with()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var visitor = Visitor.At(host);
        visitor.Http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0");
        await visitor.SignInAsync("acme", "clerk", "wrong");
        await visitor.SignInAsync("acme", "clerk", Company.Password);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/t/acme/account", [], "/t/acme/sign-out")).StatusCode);
        for (var i = 0; i < 5; i++) await visitor.SignInAsync("acme", "clerk", "wrong");
        var entries = await EntriesAsync(host);
        Assert.Equal(["SignInFailed", "SignedIn", "SignedOut", "SignInFailed", "SignInFailed", "SignInFailed", "SignInFailed", "SignInLocked"], entries.TakeLast(8).Select(e => e.Action));
        Assert.All(entries.TakeLast(8), e => Assert.Equal("Edge 140, Windows", e.Agent));
        Assert.Single(entries.TakeLast(8).Select(e => e.UserId).Distinct());
        Assert.DoesNotContain("wrong", string.Concat(entries.Select(e => e.Details)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_rights_keys_and_passwords_without_any_secret()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var before = (await EntriesAsync(host)).Count;
        var secret = await host.InAsync("acme", async services =>
        {
            Assert.Empty(await services.GetRequiredService<SaveSettings>().ExecuteAsync(new("Spruce", "en", "Europe/Berlin", "EUR", "DE"), default));
            await services.GetRequiredService<MailSettings>().SaveAsync(new() { Host = "mail.example.com", From = "a@example.com", Password = "Mail-Secret-1" }, "https://crm.example.com", default);
            var type = services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["customers.customer"];
            await services.GetRequiredService<SaveNumberRule>().ExecuteAsync(type, "KD-{seq:4}", NumberReset.Never, false, default);
            Assert.Empty(await services.GetRequiredService<RoleAccounts>().SaveAsync(new() { Name = "仓库" }, ["ViewAudit"], ["ViewAudit"], default));
            var key = await services.GetRequiredService<ApiKeys>().CreateAsync(new("clerk", "till", null), default);
            await services.GetRequiredService<ApiKeys>().RevokeAsync((await services.GetRequiredService<CrmDbContext>().Set<ApiKey>().SingleAsync()).Id, default);
            var clerk = await services.GetRequiredService<CrmDbContext>().Users.SingleAsync(u => u.UserName == "clerk");
            Assert.Empty(await services.GetRequiredService<UserAccounts>().ResetPasswordAsync(clerk, "Other-River-2047", default));
            return key.ToString();
        });
        var entries = (await EntriesAsync(host)).Skip(before).ToList();
        Assert.Equal(["SettingsChanged", "SettingsChanged", "NumberRuleChanged", "Created", "Created", "Revoked", "PasswordReset"], entries.Select(e => e.Action));
        var told = string.Concat(entries.Select(e => e.Details));
        Assert.Contains("仓库", told);
        Assert.True(ApiKeyToken.TryParse(secret, out var token));
        Assert.All([secret, token.Secret, "Mail-Secret-1", "Other-River-2047"], word => Assert.DoesNotContain(word, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Administration_of_tenants_in_the_log_of_the_host()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("default");
        await host.CreateTenantAsync("acme");
        await host.Services.GetRequiredService<TcCrm.Platform.Tenants.SuspendTenant>().ExecuteAsync("acme", default);
        Assert.Equal([("CreatedTenant", "default"), ("CreatedTenant", "acme"), ("SuspendedTenant", "acme")],
            (await EntriesAsync(host, "default")).Where(e => e.RecordType == "tenant").Select(e => (e.Action, System.Text.Json.JsonDocument.Parse(e.Details).RootElement.GetProperty("Tenant").GetString()!)));
    }

    static Task<List<AuditEntry>> EntriesAsync(TestHost host, string tenant = "acme") =>
        host.InAsync(tenant, services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync());
}
