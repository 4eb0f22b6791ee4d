using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.FileProviders;
using TcCrm.Contents.Items;
using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Recipes;

/// <summary>A recipe is read entry by entry: what it takes in memory is its file and little more.</summary>
[Collection(nameof(RecipeTenants))]
public sealed class LargeRecipeTests(RecipeTenants tenants)
{
    const long MostMemory = 300L * 1024 * 1024;
    static readonly bool IsLong = Environment.GetEnvironmentVariable("TCCRM_LONG") == "1";
    static int Items => IsLong ? 100_000 : 2_000;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Many_content_items_come_in_and_go_out_again_in_little_memory(string engine)
    {
        Assert.SkipUnless(engine == "sqlite" || IsLong, "With the long proofs; here SQLite stands for both.");
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("many", "TcCrm.Contents");
        await host.CreateTenantAsync("copy", "TcCrm.Contents");
        var folder = Directory.CreateTempSubdirectory("tccrm-many");
        try
        {
            var (brought, written) = (Path.Combine(folder.FullName, "many.recipe.json"), Path.Combine(folder.FullName, "out.recipe.json"));
            await File.WriteAllBytesAsync(brought, Recipe(Items));
            long[] peaks =
            [
                await RunAsync(host, "recipe", "run", brought, "--tenant", "many"),
                await RunAsync(host, "tenant", "export", "many", "--out", written, "--part", "ContentDefinition", "--part", "content"),
                await RunAsync(host, "recipe", "run", written, "--tenant", "copy"),
            ];
            TestContext.Current.TestOutputHelper?.WriteLine($"{engine}: {Items:N0} items, file of {new FileInfo(brought).Length / 1024 / 1024} MB, {new FileInfo(written).Length / 1024 / 1024} MB as exported, in, out and in again {string.Join(", ", peaks.Select(p => $"{p / 1024 / 1024} MB"))} at most");
            Assert.Equal(Items, await host.InAsync("copy", s => ((Platform.Data.CrmDbContext)s.GetService(typeof(Platform.Data.CrmDbContext))!).Set<ContentItem>().CountAsync(i => i.Latest && i.Published)));
            if (IsLong) Assert.All(peaks, peak => Assert.True(peak < MostMemory, $"{peak / 1024 / 1024} MB at most"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_mistake_far_down_is_named_with_its_line_and_nothing_is_brought_in()
    {
        var tenant = await tenants.NewAsync("sqlite", "TcCrm.Contents");
        var text = Encoding.UTF8.GetString(Recipe(1_500)).Replace("\"n1234\"", "7", StringComparison.Ordinal);
        var file = RecipeFile.Read("many", Encoding.UTF8.GetBytes(text), new NullFileProvider());
        var report = await tenant.Recipes.RunAsync(tenant.Name, file, default);
        var problem = Assert.Single(report.Problems, p => !p.IsWarning);
        Assert.Equal(("$.steps[1].data[1234].DisplayText", 1237), (problem.Path, problem.Line));
        Assert.Equal(0, await tenant.ReadAsync(db => db.Set<ContentItem>().CountAsync()));
    }

    [Fact]
    public void Entries_that_are_not_read_take_no_memory()
    {
        var bytes = Recipe(20_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var file = RecipeFile.Read("many", bytes, new NullFileProvider());
        file.Evaluate(RecipeValues.ForCheck(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()));
        var ids = file.Steps[1].List("data")!.Value.Entries!.Select(e => e!["ContentItemVersionId"]!.ToString()).ToList();
        var again = file.Steps[1].List("data")!.Value.Entries!.Select(e => e!["ContentItemVersionId"]!.ToString()).ToList();
        Assert.Equal(20_000, ids.Distinct().Count());
        Assert.Equal(ids, again); // an expression comes to the same however often it is read
        ids.Clear();
        again.Clear();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(kept < bytes.Length / 2, $"{kept:N0} bytes beside a file of {bytes.Length:N0}");
        GC.KeepAlive(file);
    }

    /// <summary>One item a line, from the third line on.</summary>
    static byte[] Recipe(int items)
    {
        var text = new StringBuilder("""
            { "name": "many", "steps": [ { "name": "ContentDefinition", "ContentTypes": [{ "Name": "Note", "DisplayName": "Note", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Versionable": true } }, "ContentTypePartDefinitionRecords": [{ "PartName": "TitlePart", "Name": "TitlePart" }] }] },
            { "name": "content", "data": [

            """.ReplaceLineEndings("\n"));
        for (var i = 0; i < items; i++)
            text.Append(CultureInfo.InvariantCulture, $$"""{ "ContentItemId": "4note{{i:000000}}", "ContentItemVersionId": "[js: uuid()]", "ContentType": "Note", "DisplayText": "n{{i}}", "Latest": true, "Published": true, "TitlePart": { "Title": "n{{i}}" }, "HtmlBodyPart": { "Html": "{{new string('文', 120)}}" } }""").Append(i < items - 1 ? ",\n" : "\n");
        return Encoding.UTF8.GetBytes(text.Append("] } ] }").ToString());
    }

    /// <summary>As a process of its own; the most that it had in memory.</summary>
    static async Task<long> RunAsync(TestHost host, params string[] arguments)
    {
        await using var process = WebProcess.Start(host.DataPath, host.ConnectionString, null, arguments);
        var (peak, ended) = (0L, process.EndAsync());
        while (!ended.IsCompleted)
        {
            try
            {
                peak = Math.Max(peak, process.PeakMemory);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                break; // it has ended just now
            }
            await Task.WhenAny(ended, Task.Delay(20));
        }
        await ended;
        Assert.True(process.ExitCode == 0, string.Join('\n', process.Lines));
        return peak;
    }
}
