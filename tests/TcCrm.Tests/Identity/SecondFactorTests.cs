using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed partial class SecondFactorTests
{
    [Theory, InlineData(59, "94287082"), InlineData(1111111109, "07081804"), InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string ofEightDigits)
    {
        var secret = "12345678901234567890"u8.ToArray();

        Assert.Equal(ofEightDigits[2..], Totp.CodeOf(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.InBase32(secret));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Once_set_up_the_password_alone_lets_nobody_in(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("default");
        await host.CreateCompanyAsync("acme");
        var (secret, codes) = await EnrolAsync(await host.SignedInAsync("acme", "clerk"));
        Assert.Equal(RecoveryCode.Count, codes.Count);

        var visitor = Visitor.At(host);
        var half = await visitor.PostAsync("/t/acme/sign-in", [("Name", "clerk"), ("Password", Company.Password), ("ReturnUrl", "/t/acme/account")]);
        Assert.Equal("/t/acme/sign-in/code?returnUrl=%2Ft%2Facme%2Faccount", half.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/t/acme/account"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(visitor, "000000")).StatusCode);
        Assert.Equal("/t/acme/account", (await CodeAsync(visitor, NextCode(secret), ("ReturnUrl", "/t/acme/account"))).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/t/acme/account"));

        var common = Visitor.At(host);
        var answer = await common.PostAsync("/sign-in", [("Company", "acme"), ("Name", "clerk"), ("Password", Company.Password)]);
        Assert.Equal("/t/acme/sign-in/code", answer.Headers.Location?.OriginalString);
        Assert.Equal("/t/acme/sign-in", (await common.GetAsync("/t/acme/sign-in/enter")).Headers.Location?.OriginalString);
        Assert.Equal("/t/acme/", (await CodeAsync(common, codes[0], ("By", "recovery"))).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, await common.StatusAsync("/t/acme/account"));

        var again = Visitor.At(host);
        await again.SignInAsync("acme", "clerk", Company.Password);
        var refused = await CodeAsync(again, codes[0].ToUpperInvariant(), ("By", "recovery"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("/t/acme/sign-in", (await Visitor.At(host).GetAsync("/t/acme/sign-in/code")).Headers.Location?.OriginalString);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_code_is_good_once_however_many_send_it_at_the_same_moment(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var (secret, codes) = await EnrolAsync(await host.SignedInAsync("acme", "clerk"));
        var id = Guid.Parse(await host.IdOfAsync("acme", "clerk"));
        var code = NextCode(secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.InAsync("acme", s => s.GetRequiredService<SecondFactors>().TakeAsync(id, code, default))));
        Assert.Equal(CodeAnswer.Right, Assert.Single(answers, a => a != CodeAnswer.Used));
        answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.InAsync("acme", s => s.GetRequiredService<SecondFactors>().TakeRecoveryCodeAsync(id, codes[3], default))));
        Assert.Equal(CodeAnswer.Right, Assert.Single(answers, a => a != CodeAnswer.Wrong));

        var visitor = Visitor.At(host);
        await visitor.SignInAsync("acme", "clerk", Company.Password);
        var replayed = await CodeAsync(visitor, code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, replayed.StatusCode);
        Assert.Contains("此验证码已使用过", WebUtility.HtmlDecode(await replayed.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await visitor.StatusAsync("/t/acme/account"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task The_right_password_buys_no_further_guesses_of_the_code(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var (secret, _) = await EnrolAsync(await host.SignedInAsync("acme", "clerk"));
        for (var i = 0; i < 5; i++)
        {
            var guesser = Visitor.At(host);
            Assert.Equal(HttpStatusCode.Found, (await guesser.SignInAsync("acme", "clerk", Company.Password)).StatusCode);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CodeAsync(guesser, "000000")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Visitor.At(host).SignInAsync("acme", "clerk", Company.Password)).StatusCode);
        Assert.Equal(CodeAnswer.Wrong, (await host.UserAsync("acme", "clerk", (s, user) => s.GetRequiredService<SecondStep>().CheckAsync(user, NextCode(secret), false, default))).Answer);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_role_can_ask_for_it_before_anything_else(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");
        var chief = await host.SignedInAsync("acme", "chief");
        var staff = await host.InAsync("acme", async s => (await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync("Staff"))!.Id);

        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/roles/{staff}", [("isRequired", "true")], $"/t/acme/roles/{staff}?handler=SecondFactor")).StatusCode);
        Assert.Equal("/t/acme/account/second-factor", (await clerk.GetAsync("/t/acme/account")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync("/t/acme/api/v1/me"));
        await EnrolAsync(clerk);
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/account"));

        const string page = "/t/acme/account/second-factor";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.PostAsync(page, [("Password", Company.Password)], page + "?handler=Off")).StatusCode);
        await chief.PostAsync($"/t/acme/roles/{staff}", [], $"/t/acme/roles/{staff}?handler=SecondFactor");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clerk.PostAsync(page, [("Password", "wrong")], page + "?handler=Off")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await clerk.PostAsync(page, [("Password", Company.Password)], page + "?handler=Off")).StatusCode);
        Assert.Equal("/t/acme/", (await Visitor.At(host).SignInAsync("acme", "clerk", Company.Password)).Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task An_administrator_resets_it_and_no_secret_is_told_anywhere()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");
        var (secret, codes) = await EnrolAsync(clerk);
        var chief = await host.SignedInAsync("acme", "chief");
        var id = await host.IdOfAsync("acme", "clerk");

        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/users/{id}", [], $"/t/acme/users/{id}?handler=SecondFactor")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, await clerk.StatusAsync("/t/acme/account"));
        Assert.Equal("/t/acme/", (await Visitor.At(host).SignInAsync("acme", "clerk", Company.Password)).Headers.Location?.OriginalString);

        var told = await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().ToListAsync());
        Assert.Contains("SecondFactorOn", told.Select(e => e.Action));
        Assert.Contains("SecondFactorReset", told.Select(e => e.Action));
        Assert.All(told, e => Assert.DoesNotContain(codes.Append(Totp.InBase32(secret)), word => e.Details.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Sets it up as a person does: reads the key off the page and types the code that an app would show.</summary>
    static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> EnrolAsync(Visitor visitor)
    {
        const string page = "/t/acme/account/second-factor";
        var answer = await visitor.GetAsync(page);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        var secret = FromBase32(KeyForApp().Match(html).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        var token = await Visitor.TokenOfAsync(answer);
        var pending = Pending().Match(html).Groups[1].Value;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostWithAsync(token, page, [("Pending", pending), ("Code", "000000")])).StatusCode);
        var code = Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) - 1);
        Assert.Equal(HttpStatusCode.Found, (await visitor.PostWithAsync(token, page, [("Pending", pending), ("Code", code)])).StatusCode);
        html = await visitor.ReadAsync(page);
        Assert.DoesNotContain("tc-codes", await visitor.ReadAsync(page), StringComparison.Ordinal);
        return (secret, [.. Codes().Matches(html).Select(m => m.Groups[1].Value)]);
    }

    /// <summary>Of the step after the present one, which is taken too: so the test waits for no clock.</summary>
    static string NextCode(byte[] secret) => Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + 1);

    static Task<HttpResponseMessage> CodeAsync(Visitor visitor, string code, params (string, string)[] more) => visitor.PostAsync("/t/acme/sign-in/code", [("Code", code), .. more]);

    static byte[] FromBase32(string text)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(text.Select(c => Convert.ToString(letters.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    [GeneratedRegex("readonly value=\"([A-Z2-7 ]+)\"")]
    private static partial Regex KeyForApp();

    [GeneratedRegex("name=\"Pending\" value=\"([^\"]+)\"")]
    private static partial Regex Pending();

    [GeneratedRegex("<li>([a-z0-9]{4}(?:-[a-z0-9]{4}){3})</li>")]
    private static partial Regex Codes();
}
