namespace TcCrm.Tests.CommandLine;

/// <summary>Verbs that work inside a tenant, each in a process of its own.</summary>
public sealed class WorkVerbsTests
{
    [Fact]
    public async Task Run_recipes_add_people_and_carry_records_in_and_out()
    {
        await using var folder = new DataFolder();
        await folder.RunAsync(0, "tenant", "create", "acme", "--recipe", "retail-chain", "--admin", "boss", "--password", "Walnuss-Tisch-72", "--lang", "en");
        var recipe = await WriteAsync(folder, "auditors.recipe.json", """{ "name": "auditors", "steps": [{ "name": "Roles", "Roles": [{ "Name": "Auditor", "Permissions": ["ViewAudit"] }] }] }""");
        await folder.RunAsync(1, "user", "create", "--tenant", "acme", "--user", "ann", "--role", "Auditor");
        await folder.RunAsync(0, "recipe", "run", recipe, "--tenant", "acme");
        var first = Assert.Single(await folder.RunAsync(0, "user", "create", "--tenant", "acme", "--user", "ann", "--role", "Auditor"));
        var second = Assert.Single(await folder.RunAsync(0, "user", "reset-password", "--tenant", "acme", "--user", "ann"));
        Assert.Matches("^[A-Za-z0-9]{16}$", first);
        Assert.Matches("^[A-Za-z0-9]{16}$", second);
        Assert.NotEqual(first, second);
        Assert.Contains(await folder.RunAsync(1, "user", "reset-password", "--tenant", "acme", "--user", "nobody"), l => l.Contains("nobody", StringComparison.Ordinal));

        var table = await WriteAsync(folder, "customers.csv", "Name,City\nSpruce,Hangzhou\nLarch,Suzhou\n");
        Assert.Contains(await folder.RunAsync(0, "import", "--tenant", "acme", "--type", "customers.customer", "--file", table), l => l.Contains("\"added\": 2", StringComparison.Ordinal));
        var all = Path.Combine(folder.Path, "all.csv");
        await folder.RunAsync(0, "export", "--tenant", "acme", "--type", "customers.customer", "--filter", "name:eq:Larch", "--columns", "Name,City", "--out", all);
        Assert.Equal("Larch,Suzhou", (await File.ReadAllLinesAsync(all)).Skip(1).Single());
        Assert.Contains(await folder.RunAsync(1, "export", "--tenant", "acme", "--type", "customers.customer", "--filter", "colour:eq:red", "--out", all), l => l.Contains("colour", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recipe_is_checked_for_a_tenant_that_is_not_there_and_nothing_is_made()
    {
        await using var folder = new DataFolder();
        await folder.RunAsync(0, "recipe", "check", "retail-chain");
        var wrong = await WriteAsync(folder, "wrong.recipe.json", """
            { "name": "wrong", "steps": [
              { "name": "no-such-step" },
              { "name": "Users", "Users": [{ "UserName": "li", "RoleNames": ["Nobody"] }] }
            ] }
            """);
        var lines = await folder.RunAsync(1, "recipe", "check", wrong);
        Assert.Contains(lines, l => l.StartsWith("wrong.recipe.json:2: error", StringComparison.Ordinal) && l.Contains("no-such-step", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("wrong.recipe.json:3: error", StringComparison.Ordinal) && l.Contains("Nobody", StringComparison.Ordinal));
        Assert.Empty(await folder.ListAsync());
    }

    [Fact]
    public async Task Help_has_one_line_for_each_verb_and_a_mistake_is_named()
    {
        await using var folder = new DataFolder();
        var help = await folder.RunAsync(0, "--help");
        foreach (var verb in new[] { "tenant", "recipe", "user", "apikey", "backup <NAME>", "restore <FILE>", "import", "export", "migrate" })
            Assert.Single(help, l => l.StartsWith($"  {verb} ", StringComparison.Ordinal) && l.TrimEnd().Length > verb.Length + 10);
        Assert.Contains(await folder.RunAsync(2, "tennant", "list"), l => l.Contains("tennant", StringComparison.Ordinal));
        Assert.Contains(await folder.RunAsync(2, "tenant", "create", "acme"), l => l.Contains("--admin", StringComparison.Ordinal));
    }

    static async Task<string> WriteAsync(DataFolder folder, string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
