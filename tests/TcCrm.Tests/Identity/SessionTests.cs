using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class SessionTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_disabled_user_is_out_at_the_next_request(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");
        var chief = await host.SignedInAsync("acme", "chief");
        var id = await host.IdOfAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/account"));

        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/users/{id}", [("UserName", "clerk"), ("Roles", "Staff")])).StatusCode);

        Assert.Equal(HttpStatusCode.Found, await clerk.StatusAsync("/t/acme/account"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Visitor.At(host).SignInAsync("acme", "clerk", Company.Password)).StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_session_changes_nothing_and_leads_back_to_where_it_stands()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var (before, now) = (await host.SignedInAsync("acme", "chief"), await host.SignedInAsync("acme", "chief"));
        var token = await before.TokenAsync("/t/acme/users/new");
        foreach (var (from, leadsBack) in new[] { ("http://localhost/t/acme/users/new?by=1", true), ("http://elsewhere.example/t/acme/users/new?by=1", false), ("http://localhost/t/other/users/new?by=1", false), (null, false) })
        {
            now.Http.DefaultRequestHeaders.Referrer = from is null ? null : new(from);
            var answer = await now.PostWithAsync(token, "/t/acme/users/new", [("UserName", "stale"), ("Password", Company.Password), ("IsEnabled", "true")]);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("data-tc-refused", page, StringComparison.Ordinal);
            Assert.Equal(leadsBack, page.Contains("href=\"/t/acme/users/new?by=1\"", StringComparison.Ordinal));
            Assert.DoesNotContain("elsewhere", page, StringComparison.Ordinal);
        }
        Assert.False(await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Users.AnyAsync(u => u.UserName == "stale")));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Roles_and_their_permissions_count_at_the_next_request(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");
        var chief = await host.SignedInAsync("acme", "chief");
        Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync("/t/acme/api-keys"));

        var staff = await host.InAsync("acme", async s => (await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync("Staff"))!.Id);
        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/roles/{staff}", [("Name", "Staff"), ("Granted", "ManageApiKeys")])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/api-keys"));

        var id = await host.IdOfAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/users/{id}", [("UserName", "clerk"), ("IsEnabled", "true")])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync("/t/acme/api-keys"));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_user_ends_sessions_of_their_own_and_an_administrator_those_of_others(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var (here, there, elsewhere) = (await host.SignedInAsync("acme", "clerk"), await host.SignedInAsync("acme", "clerk"), await host.SignedInAsync("acme", "clerk"));
        var chief = await host.SignedInAsync("acme", "chief");
        Assert.Equal(2, Regex.Count(await here.ReadAsync("/t/acme/account"), "name=\"session\""));

        var foreign = await host.UserAsync("acme", "chief", async (s, user) => (await s.GetRequiredService<UserSessions>().OfAsync(user.Id, default)).Single().Id);
        await here.PostAsync("/t/acme/account", [("session", foreign.ToString())], "/t/acme/account?handler=EndSession");
        Assert.Equal(HttpStatusCode.OK, await chief.StatusAsync("/t/acme/account"));

        var last = Regex.Match(await here.ReadAsync("/t/acme/account"), "name=\"session\" value=\"([^\"]+)\"").Groups[1].Value;
        await here.PostAsync("/t/acme/account", [("session", last)], "/t/acme/account?handler=EndSession");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Found], [await here.StatusAsync("/t/acme/account"), await there.StatusAsync("/t/acme/account"), await elsewhere.StatusAsync("/t/acme/account")]);
        await here.PostAsync("/t/acme/account", [], "/t/acme/account?handler=EndSessions");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Found], [await here.StatusAsync("/t/acme/account"), await there.StatusAsync("/t/acme/account")]);

        var page = $"/t/acme/users/{await host.IdOfAsync("acme", "clerk")}";
        await chief.PostAsync(page, [], page + "?handler=EndSessions");
        Assert.Equal(HttpStatusCode.Found, await here.StatusAsync("/t/acme/account"));
        Assert.Equal(3, await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<AuditEntry>().CountAsync(e => e.Action == "SessionsEnded")));
    }

    [Fact]
    public async Task Signing_out_and_a_new_password_leave_no_session_behind()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var (one, two) = (await host.SignedInAsync("acme", "clerk"), await host.SignedInAsync("acme", "clerk"));
        Assert.Equal(2, await CountAsync(host));

        await one.PostAsync("/t/acme/account", [], "/t/acme/sign-out");
        Assert.Equal(1, await CountAsync(host));
        await host.SignedInAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.Found, (await ChangeAsync(two, Company.Password, "lantern 9 gravel")).StatusCode);
        Assert.Equal(1, await CountAsync(host));
        Assert.Equal(HttpStatusCode.OK, await two.StatusAsync("/t/acme/account"));
    }

    [Fact]
    public async Task A_forced_change_of_the_password_stands_before_every_page()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var old = await host.SignedInAsync("acme", "clerk");
        await host.UserAsync("acme", "clerk", (s, user) => s.GetRequiredService<UserAccounts>().ResetPasswordAsync(user, "given 4 by chief", default));
        Assert.Equal(HttpStatusCode.Found, await old.StatusAsync("/t/acme/account"));

        var clerk = Visitor.At(host);
        await clerk.SignInAsync("acme", "clerk", "given 4 by chief");
        Assert.Equal("/t/acme/account/password", (await clerk.GetAsync("/t/acme/account")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, await clerk.StatusAsync("/t/acme/api/v1/me"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(clerk, "given 4 by chief", "given 4 by chief")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(clerk, "given 4 by chief", "password123")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await ChangeAsync(clerk, "given 4 by chief", "lantern 9 gravel")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await clerk.StatusAsync("/t/acme/account"));
    }

    [Fact]
    public async Task Who_it_is_costs_one_query_by_primary_keys()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var clerk = await host.SignedInAsync("acme", "clerk");

        using var commands = new CommandRecorder(host.DataPath);
        await Task.Delay(1500); // EF asks once a second whether somebody listens
        await clerk.GetAsync("/t/acme/api/v1/me");
        commands.Texts.Clear();
        await clerk.GetAsync("/t/acme/api/v1/me");

        var sql = Assert.Single(commands.Texts, t => t.Contains("\"users\"", StringComparison.Ordinal)); // the host works in the background too
        var plan = await host.InAsync("acme", services => PlanAsync(services.GetRequiredService<CrmDbContext>(), sql));
        Assert.Equal(4, plan.Count);
        Assert.All(plan, step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
    }

    static Task<int> CountAsync(TestHost host) => host.UserAsync("acme", "clerk", async (s, user) => (await s.GetRequiredService<UserSessions>().OfAsync(user.Id, default)).Count);

    static Task<HttpResponseMessage> ChangeAsync(Visitor clerk, string present, string next) =>
        clerk.PostAsync("/t/acme/account/password", [("Present", present), ("Password", next), ("Again", next)]);

    static async Task<List<string>> PlanAsync(CrmDbContext db, string sql)
    {
        await using var command = db.CreateCommand("EXPLAIN QUERY PLAN " + sql, ("@id", new byte[16]));
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return steps;
    }

    /// <summary>The SQL that EF sends to databases of this host while it lives.</summary>
    sealed class CommandRecorder : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        readonly ConcurrentBag<IDisposable> _subscriptions = [];
        readonly string _folder;

        public CommandRecorder(string folder)
        {
            _folder = folder;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public ConcurrentQueue<string> Texts { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { CommandSource: CommandSource.LinqQuery } done && done.Command.Connection!.DataSource.StartsWith(_folder, StringComparison.Ordinal)) Texts.Enqueue(done.Command.CommandText);
        }

        public void OnCompleted() { }
        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
        }
    }
}
