namespace TcCrm.Tests.CommandLine;

public sealed class VerbsTests
{
    [Fact]
    public async Task Create_list_suspend_resume_back_up_restore_and_remove_tenants()
    {
        await using var folder = new DataFolder();
        var created = await folder.RunAsync(0, "tenant", "create", "acme", "--recipe", "retail-chain", "--admin", "boss", "--password", "Walnuss-Tisch-72", "--lang", "en", "--zone", "Europe/Berlin", "--json");
        Assert.Contains(created, l => l.Contains("/t/acme/", StringComparison.Ordinal));
        await folder.RunAsync(0, "tenant", "suspend", "acme");
        Assert.Equal("Disabled", (await folder.ListAsync()).Single().State);
        await folder.RunAsync(0, "tenant", "resume", "acme");
        var archive = Path.Combine(folder.Path, "acme.zip");
        await folder.RunAsync(0, "backup", "acme", "--out", archive);
        await folder.RunAsync(0, "restore", archive, "--name", "second");
        Assert.Equal([("acme", "Running"), ("second", "Running")], await folder.ListAsync());
        await folder.RunAsync(0, "tenant", "remove", "acme");
        Assert.Equal([("second", "Running")], await folder.ListAsync());
        await folder.RunAsync(0, "migrate");
    }

    [Theory]
    [InlineData(2, "tenant", "create")]
    [InlineData(2, "tenant", "no-such-verb")]
    [InlineData(2, "no-such-verb")]
    [InlineData(2, "tenant", "list", "--no-such-option")]
    [InlineData(1, "tenant", "suspend", "nobody")]
    [InlineData(1, "tenant", "create", "Bad Name", "--admin", "boss", "--password", "short")]
    [InlineData(1, "recipe", "check", "no-such-recipe", "--tenant", "nobody")]
    [InlineData(1, "recipe", "check", "no-such-recipe")]
    [InlineData(2, "recipe", "run", "blank")]
    [InlineData(1, "--json", "tenant", "suspend", "nobody")]
    [InlineData(0, "--help")]
    [InlineData(0, "tenant", "create", "--help")]
    public async Task Say_by_their_exit_code_whether_they_did_it(int code, params string[] arguments)
    {
        await using var folder = new DataFolder();
        await folder.RunAsync(code, arguments);
    }

    [Fact]
    public async Task Say_all_that_is_wrong_at_once()
    {
        await using var folder = new DataFolder();
        var lines = await folder.RunAsync(1, "tenant", "create", "Bad Name", "--recipe", "none", "--zone", "Mars/Base", "--lang", "xx", "--admin", "boss", "--password", "x");
        foreach (var field in new[] { "Name: ", "Recipe: ", "Zone: ", "Language: " }) Assert.Contains(lines, l => l.StartsWith(field, StringComparison.Ordinal));
    }
}
