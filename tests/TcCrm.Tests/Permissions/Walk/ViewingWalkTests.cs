namespace TcCrm.Tests.Permissions.Walk;

/// <summary>An administrator who looks as the clerk, at every door.</summary>
public sealed class ViewingWalkTests
{
    /// <summary>The ways back, and the page that says why there is no page.</summary>
    static readonly HashSet<string> Open = new(StringComparer.Ordinal) { "POST /account/viewing/end", "POST /connect/logout", "POST /sign-out", "POST /status/{code:int}" };

    /// <summary>A client that says nothing of itself is refused by the protocol, before anybody asks who is signed in.</summary>
    static readonly HashSet<string> Protocol = new(StringComparer.Ordinal) { "POST /connect/authorize", "POST /connect/token", "POST /connect/userinfo" };

    /// <summary>What is the clerk's alone, and what gives data out.</summary>
    static readonly HashSet<string> Closed = new(StringComparer.Ordinal)
    {
        "GET /account", "GET /account/linked", "GET /account/password", "GET /account/second-factor", "GET /api-keys", "GET /connect/authorize", "GET /audit?handler=Export", "GET /recipes/export?handler=File",
        "GET /{module:module}/{noun:record}/export", "GET /{module:module}/{noun:record}/print", "GET /{module:module}/{noun:record}/{key}/print", "GET /{module:module}/{noun:record}/{key}/personal-data?handler=Copy",
    };

    [Fact]
    public async Task Opens_no_door_that_writes_and_reads_what_the_clerk_reads()
    {
        await using var company = await Company.StartAsync("sqlite");
        var boss = await company.BrowserAsync("boss");
        await ViewAsTests.BeginAsync(boss, $"users/{company.User}/view-as", ("Reason", "Walk"));
        var viewer = new Caller("viewer", Standing.Everything, boss, boss);
        var doors = (await Door.AllAsync(company.Host.Services)).Where(d => !Open.Contains(d.ToString()) && !Protocol.Contains(d.ToString())).ToList();
        Assert.Equal("", string.Join('\n', Closed.Except(doors.Select(d => d.ToString()))));
        var (before, token, wrong) = (await company.StateAsync(), await viewer.TokenAsync("customers/customer"), new List<string>());
        boss.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        foreach (var door in doors)
            foreach (var isFar in door.IsOfOneRecord ? new[] { false, true } : [false])
            {
                using var answer = door.Reads ? await boss.GetAsync(RouteWalkTests.AddressOf(company, door, isFar)) : await boss.SendAsync(RouteWalkTests.WriteTo(company, door, isFar, token));
                var (expected, seen) = (Closed.Contains(door.ToString()) || !door.Reads ? Verdict.Forbidden : Verdicts.Expected(door, viewer, isFar), Verdicts.Of(answer));
                if (door.IsOfHost && seen is Verdict.NotFound or Verdict.Forbidden) continue;
                if (seen != expected && !(door.IsOpen && door.Reads && seen != Verdict.Broken)) wrong.Add($"{door}{(isFar ? " of another unit" : "")}: {seen}, not {expected}");
                wrong.AddRange(RouteWalkTests.Leaks(viewer, await answer.Content.ReadAsStringAsync()).Select(word => $"reads {word} at {door}{(isFar ? " of another unit" : "")}"));
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await company.StateAsync());
    }
}
