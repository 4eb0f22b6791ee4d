using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class IsolationTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task What_one_company_issues_another_refuses(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        await host.CreateCompanyAsync("bolt");

        await RefusesCookieAsync(host);
        await RefusesFormTokenAsync(host);
        await RefusesPasswordLinkAsync(host);
        await RefusesKeyAsync(host);
    }

    static async Task RefusesCookieAsync(TestHost host)
    {
        var http = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        var form = await http.GetAsync("/t/acme/sign-in");
        var token = await Visitor.TokenOfAsync(form);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/t/acme/sign-in") { Content = new FormUrlEncodedContent([new("Name", "clerk"), new("Password", Company.Password), new("__RequestVerificationToken", token)]) };
        post.Headers.Add("Cookie", form.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var cookie = (await http.SendAsync(post)).Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Single(c => c.StartsWith("crm.acme=", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(http, "/t/acme/account", cookie));
        Assert.Equal(HttpStatusCode.Found, await WithCookieAsync(http, "/t/bolt/account", cookie));
        Assert.Equal(HttpStatusCode.Found, await WithCookieAsync(http, "/t/bolt/account", cookie.Replace("crm.acme=", "crm.bolt=", StringComparison.Ordinal)));
    }

    static async Task RefusesFormTokenAsync(TestHost host)
    {
        var visitor = Visitor.At(host);
        var token = await visitor.TokenAsync("/t/acme/sign-in");
        await visitor.GetAsync("/t/bolt/sign-in");

        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostWithAsync(token, "/t/bolt/sign-in", [("Name", "clerk"), ("Password", Company.Password)])).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await visitor.PostWithAsync(token, "/t/acme/sign-in", [("Name", "clerk"), ("Password", Company.Password)])).StatusCode);
    }

    /// <summary>Even where user and stamp are the same, as after a copy of the database.</summary>
    static async Task RefusesPasswordLinkAsync(TestHost host)
    {
        var (user, token) = await host.UserAsync("acme", "clerk", async (s, user) => (user, await s.GetRequiredService<UserManager<CrmUser>>().GeneratePasswordResetTokenAsync(user)));
        await host.InAsync("bolt", async s =>
        {
            var users = s.GetRequiredService<UserManager<CrmUser>>();
            Assert.Empty(await s.GetRequiredService<UserAccounts>().CreateAsync(new() { Id = user.Id, UserName = "twin" }, null, [], default));
            var twin = (await users.FindByNameAsync("twin"))!;
            twin.SecurityStamp = user.SecurityStamp;
            await users.UpdateAsync(twin);
        });
        async Task<HttpStatusCode> SetAsync(string tenant) => (await Visitor.At(host).PostAsync($"/t/{tenant}/account/set-password/reset?user={user.Id:N}&token={Uri.EscapeDataString(token)}",
            [("Password", "saddle 3 moss"), ("Again", "saddle 3 moss"), ("user", user.Id.ToString("N")), ("token", token)], $"/t/{tenant}/account/set-password/reset")).StatusCode;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SetAsync("bolt"));
        Assert.Equal(HttpStatusCode.Found, await SetAsync("acme"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SetAsync("acme"));
    }

    static async Task RefusesKeyAsync(TestHost host)
    {
        var key = await host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().CreateAsync(new("chief", "test", null), default));
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key.ToString());

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/t/acme/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/t/bolt/api/v1/me")).StatusCode);
    }

    static async Task<HttpStatusCode> WithCookieAsync(HttpClient http, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return (await http.SendAsync(request)).StatusCode;
    }
}
