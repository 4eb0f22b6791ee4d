using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class InvitationTests
{
    [Fact]
    public async Task An_expired_or_used_one_is_refused_and_sets_no_password()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var before = await HashAsync(host);

        Assert.Contains("此邀请已使用或已过期", await AcceptAsync(host, TimeSpan.FromDays(InvitationTokens.Days) + TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        Assert.Equal(before, await HashAsync(host));

        var token = await TokenAsync(host, TimeSpan.FromDays(InvitationTokens.Days) - TimeSpan.FromHours(1));
        Assert.Equal("", await AcceptAsync(host, token));
        Assert.NotEqual(before, await HashAsync(host));
        Assert.Contains("此邀请已使用或已过期", await AcceptAsync(host, token), StringComparison.Ordinal);
    }

    static async Task<string> AcceptAsync(TestHost host, TimeSpan age) => await AcceptAsync(host, await TokenAsync(host, age));

    /// <summary>What the page says; nothing when it leads on.</summary>
    static async Task<string> AcceptAsync(TestHost host, string token)
    {
        const string page = "/t/acme/account/set-password/invitation";
        var id = await host.IdOfAsync("acme", "clerk");
        var answer = await Visitor.At(host).PostAsync(page, [("Password", "saddle 3 moss"), ("Again", "saddle 3 moss"), ("user", id), ("token", token)]);
        return answer.StatusCode == HttpStatusCode.Found ? "" : WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>An invitation as it was given out that long ago, in the form that Identity's tokens have.</summary>
    static Task<string> TokenAsync(TestHost host, TimeSpan age) => host.UserAsync("acme", "clerk", async (services, user) =>
    {
        using var content = new MemoryStream();
        await using (var writer = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write((TimeProvider.System.GetUtcNow() - age).UtcTicks);
            writer.Write(user.Id.ToString());
            writer.Write("Invitation");
            writer.Write(await services.GetRequiredService<UserManager<CrmUser>>().GetSecurityStampAsync(user));
        }
        return Convert.ToBase64String(services.GetRequiredService<IDataProtectionProvider>().CreateProtector(InvitationTokens.Name).Protect(content.ToArray()));
    });

    static Task<string?> HashAsync(TestHost host) => host.UserAsync("acme", "clerk", (_, user) => Task.FromResult(user.PasswordHash));
}
