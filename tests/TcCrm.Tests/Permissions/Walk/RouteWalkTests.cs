using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace TcCrm.Tests.Permissions.Walk;

/// <summary>Every door of the product, taken from the endpoints that it maps, tried by everybody who may come to it.</summary>
public sealed partial class RouteWalkTests
{
    /// <summary>Besides the address itself: what a list, a search and a file could tell.</summary>
    static readonly string[] Questions =
    [
        "customers/customer?q=FAR", "customers/customer?filter=Name:starts:FAR", "customers/customer?filter=Remark:empty:", "customers/customer?sort=Phone", "customers/customer?handler=Count&q=FARNAME", "customers/contact", "customers/contact?q=FAR",
        "customers/customer/export?format=csv", "customers/contact/export?format=csv", "customers/customer/print", "customers/contact/print", "palette?q=FAR", "palette?q=139", "options/customers.contact/CustomerId?q=FAR", "options/customers.contact/CustomerId?CustomerId.text=FAR",
        "audit?q=FAR", "audit?q=HIDDEN", "audit?handler=Export&format=csv", "",
    ];

    [Fact]
    public async Task Every_door_says_whom_it_lets_in()
    {
        await using var host = await TestHost.StartAsync();
        var doors = await Door.AllAsync(host.Services);
        Assert.Equal("", string.Join('\n', doors.Where(d => !ByHand.Knows(d))));
        Assert.Equal("", string.Join('\n', ByHand.GoneFrom(doors)));
        Assert.DoesNotContain(doors, d => d.Route.StartsWith("/{module}/", StringComparison.Ordinal)); // without the constraint each of them multiplies the table of routes
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Every_door_answers_everybody_as_the_permissions_say(string engine)
    {
        await using var company = await Company.StartAsync(engine);
        var doors = await Door.AllAsync(company.Host.Services);
        var wrong = new List<string>();
        foreach (var caller in company.Callers)
            foreach (var door in doors.Where(d => d.Reads))
                foreach (var isFar in door.IsOfOneRecord ? new[] { false, true } : [false])
                {
                    using var answer = await caller.At(door).GetAsync(AddressOf(company, door, isFar));
                    var (expected, seen) = (Verdicts.Expected(door, caller, isFar), Verdicts.Of(answer));
                    if (!(seen == expected || (door.IsOpen && seen != Verdict.Broken))) wrong.Add($"{caller.Name} at {door}{(isFar ? " of another unit" : "")}: {seen}, not {expected}");
                    wrong.AddRange(Leaks(caller, await answer.Content.ReadAsStringAsync()).Select(word => $"{caller.Name} reads {word} at {door}{(isFar ? " of another unit" : "")}"));
                }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Who_is_refused_changes_nothing(string engine)
    {
        await using var company = await Company.StartAsync(engine);
        var doors = (await Door.AllAsync(company.Host.Services)).Where(d => !d.Reads && !d.IsOpen).ToList();
        var before = await company.StateAsync();
        var wrong = new List<string>();
        foreach (var caller in company.Callers)
        {
            var token = await caller.TokenAsync();
            foreach (var door in doors)
                foreach (var isFar in door.IsOfOneRecord ? new[] { false, true } : [false])
                {
                    var expected = Verdicts.Expected(door, caller, isFar);
                    if (expected == Verdict.In && !door.Route.EndsWith("/bulk", StringComparison.Ordinal)) continue;
                    if (caller.Standing == Standing.Everything && !isFar) continue;
                    using var answer = await caller.At(door).SendAsync(WriteTo(company, door, isFar, token));
                    if (Verdicts.Of(answer) is var seen && seen != expected) wrong.Add($"{caller.Name} at {door}{(isFar ? " of another unit" : "")}: {seen}, not {expected}");
                }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await company.StateAsync());
    }

    [Fact]
    public async Task No_answer_tells_what_may_not_be_read()
    {
        await using var company = await Company.StartAsync("sqlite");
        string[] programs = ["api/v1/customers.customer", "api/v1/customers.customer/changes?since=0", "api/v1/customers.contact", "api/v1/customers.customer?filter=name:starts:FAR", $"api/v1/customers.customer/{company.NearId}"];
        var pages = Questions.Concat([$"customers/customer/{company.NearId}?handler=History", $"customers/customer/{company.NearId}"]);
        var told = new List<string>();
        foreach (var caller in company.Callers)
        {
            foreach (var question in pages) told.AddRange(Leaks(caller, await (await caller.Page.GetAsync(question)).Content.ReadAsStringAsync(), question).Select(word => $"{caller.Name} reads {word} at {question}"));
            foreach (var question in programs) told.AddRange(Leaks(caller, await (await caller.Api.GetAsync(question)).Content.ReadAsStringAsync(), question).Select(word => $"{caller.Name} reads {word} at {question}"));
        }
        Assert.True(told.Count == 0, string.Join('\n', told));
        var boss = await company.Host.ClientAsync("acme", "boss");
        foreach (var word in new[] { Company.Near, Company.Far }) Assert.Contains(word, await boss.GetStringAsync("customers/customer"), StringComparison.Ordinal);
        Assert.Contains(Company.Hidden, await boss.GetStringAsync($"customers/customer/{company.NearId}"), StringComparison.Ordinal);
    }

    /// <summary>Words of records out of reach, of hidden fields, of masked ones; what was asked for may be repeated.</summary>
    internal static IEnumerable<string> Leaks(Caller caller, string answer, string asked = "")
    {
        var plain = answer.Replace(" ", "", StringComparison.Ordinal);
        string[] secret = [Company.Far, Company.FarContact, Company.FarRemark, Company.Hidden, Company.Masked, .. caller.Standing < Standing.Reads ? [Company.Near] : Array.Empty<string>()];
        return secret.Where(word => plain.Contains(word, StringComparison.Ordinal) && !asked.Contains(word, StringComparison.Ordinal));
    }

    internal static string AddressOf(Company company, Door door, bool isFar)
    {
        var path = Place().Replace(door.Route, place => place.Groups[1].Value switch
        {
            "module" => "customers",
            "noun" => "customer",
            "key" => (isFar ? company.FarId : company.NearId).ToString(),
            "type" => door.Route.StartsWith("/options", StringComparison.Ordinal) ? "customers.contact" : "customers.customer",
            "field" => "CustomerId",
            "id" when door.Route.StartsWith("/users", StringComparison.Ordinal) => company.User.ToString(),
            "id" when door.Route.StartsWith("/sharing-rules", StringComparison.Ordinal) || door.Route.StartsWith("/applications", StringComparison.Ordinal) || door.Route.StartsWith("/sign-in-providers", StringComparison.Ordinal) => "new",
            "id" when door.Route.StartsWith("/account/applications", StringComparison.Ordinal) => Guid.Empty.ToString(),
            "id" when door.Route.StartsWith("/roles", StringComparison.Ordinal) => company.Role.ToString(),
            "id" when door.Route.StartsWith("/import", StringComparison.Ordinal) => company.Import,
            "id" when door.Route.StartsWith("/privacy/erasing", StringComparison.Ordinal) => company.Erasing.ToString(),
            "id" when door.Route.StartsWith("/recipes", StringComparison.Ordinal) => company.Recipe.ToString(),
            "id" when door.Route.StartsWith("/announcements", StringComparison.Ordinal) => company.Announcement.ToString(),
            "id" when door.Route.StartsWith("/organisation", StringComparison.Ordinal) => company.Unit.ToString(),
            "id" when door.Route.StartsWith("/privacy", StringComparison.Ordinal) => "new",
            "id" or "name" or "path" when door.IsOfHost || door.IsOpen => "none",
            "contentItemId" => Company.ContentItem,
            "user" => company.User.ToString(),
            "provider" => Guid.Empty.ToString(),
            "kind" => "reset",
            "code" => "404",
            "documentName" => "",
            var other => throw new InvalidOperationException($"What stands for {other} in {door.Route}?"),
        });
        if (path == "/why") path += $"?type=customers.customer&record={(isFar ? company.FarId : company.NearId)}";
        return path[1..] + (door.Handler is null ? "" : "?handler=" + door.Handler);
    }

    internal static HttpRequestMessage WriteTo(Company company, Door door, bool isFar, string token)
    {
        var request = new HttpRequestMessage(new HttpMethod(door.Method), AddressOf(company, door, isFar));
        if (door.Route.EndsWith("/bulk", StringComparison.Ordinal)) request.Content = JsonContent.Create(new { mode = "all", items = new object[] { new { id = company.NearId, delete = true } } });
        else if (door.IsForPrograms) request.Content = JsonContent.Create(new { name = "changed" });
        else request.Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Name", "changed"), new("id", company.NearId.ToString()), new("field", "Phone")]);
        return request;
    }

    [GeneratedRegex(@"\{\**([a-zA-Z]+)[^}]*\}")]
    private static partial Regex Place();
}
