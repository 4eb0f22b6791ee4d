using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Announcements;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Announcements;

public sealed class NoticeBoardTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Everybody_sees_what_is_meant_for_them_until_they_have_read_it(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await DemoAsync(host);
        using var assistant = await host.BrowserAsync("demo", "assistant");
        using var office = await host.BrowserAsync("demo", "head-office");
        var home = await assistant.GetStringAsync("");
        Assert.Contains("国庆期间营业时间", WebUtility.HtmlDecode(home), StringComparison.Ordinal);
        Assert.Contains("华东大区", WebUtility.HtmlDecode(home), StringComparison.Ordinal);
        Assert.DoesNotContain("华东大区：", WebUtility.HtmlDecode(await office.GetStringAsync("announcements")), StringComparison.Ordinal); // works above that unit, not in it

        var (all, east) = (await IdAsync(host, "国庆期间营业时间"), await IdAsync(host, "华东大区：会员资料核对"));
        Assert.Equal(HttpStatusCode.NotFound, (await office.GetAsync($"announcements/{east}")).StatusCode);
        for (var twice = 0; twice < 2; twice++) Assert.Equal(HttpStatusCode.Redirect, (await assistant.SendFormAsync($"announcements/{all}", null)).StatusCode);
        Assert.DoesNotContain("国庆期间营业时间", WebUtility.HtmlDecode(await assistant.GetStringAsync("")), StringComparison.Ordinal);
        Assert.Contains("国庆期间营业时间", WebUtility.HtmlDecode(await assistant.GetStringAsync("announcements")), StringComparison.Ordinal);
        Assert.Contains("You confirmed on", await assistant.GetStringAsync($"announcements/{all}"), StringComparison.Ordinal);
        Assert.Contains("店员演示", WebUtility.HtmlDecode(await office.GetStringAsync($"announcements/announcement/{all}")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await assistant.GetAsync($"announcements/announcement/{all}")).StatusCode);
        Assert.Equal(1, await host.InAsync("demo", s => s.GetRequiredService<CrmDbContext>().Set<AnnouncementReading>().CountAsync()));
    }

    [Fact]
    public async Task Days_bound_what_is_shown_and_must_be_in_order()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme", "TcCrm.Announcements");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8));
        await AddAsync(host, "today", today, today);
        await AddAsync(host, "over", null, today.AddDays(-2));
        await AddAsync(host, "to come", today.AddDays(2), null);
        var refused = await AddAsync(host, "backwards", today, today.AddDays(-1));
        Assert.Equal("ShowUntil", Assert.Single(refused.Problems).Field);
        var shown = await host.InAsync("acme", s => s.GetRequiredService<NoticeBoard>().ReadAsync(10, unreadOnly: false, default));
        Assert.Equal(["today"], shown.Select(n => n.Announcement.Title));
    }

    static Task DemoAsync(TestHost host) =>
        host.Services.GetRequiredService<SetUpTenants>().RunAsync([new("demo", "demo", new("boss", TestUsers.Password)), TenantWish.ForHost(new("boss", TestUsers.Password))], null, default);

    static Task<SaveResult> AddAsync(TestHost host, string title, DateOnly? from, DateOnly? until) => host.InAsync("acme", s => s.GetRequiredService<RecordStore>().CreateAsync(
        s.GetRequiredService<TenantContext>().Snapshot.RecordTypes["announcements.announcement"],
        new Dictionary<string, string?> { ["Title"] = title, ["Body"] = "…", ["ShowFrom"] = from?.ToString("O", CultureInfo.InvariantCulture), ["ShowUntil"] = until?.ToString("O", CultureInfo.InvariantCulture) }, default));

    static Task<Guid> IdAsync(TestHost host, string title) => host.InAsync("demo", s => s.GetRequiredService<CrmDbContext>().Set<Announcement>().Where(a => a.Title == title).Select(a => a.Id).SingleAsync());
}
