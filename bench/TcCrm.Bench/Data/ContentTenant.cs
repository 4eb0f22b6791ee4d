using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Contents.Items;
using TcCrm.Platform.Modules;

namespace TcCrm.Bench.Data;

/// <summary>A tenant with content items of about a page of text each; written once, kept for later runs.</summary>
static class ContentTenant
{
    public const int Items = 1_000;
    const string Name = "contents";

    public static string DataPath => Path.Combine(BenchOptions.Kept, "contents");

    public static async Task<Visitor> PrepareAsync()
    {
        Directory.CreateDirectory(DataPath);
        var mark = Path.Combine(DataPath, Name + ".written");
        await using var workshop = await Workshop.OpenAsync(DataPath);
        if (!File.Exists(mark))
        {
            if (workshop.Registry.Find(Name) is not null) throw new InvalidOperationException($"Writing {Name} was broken off: remove {DataPath}.");
            await Visitor.SetUpAsync(workshop, Name);
            await workshop.InAsync(Name, async services => { await services.GetRequiredService<FeatureSwitch>().EnableAsync("TcCrm.Contents", default); return true; });
            await workshop.InAsync(Name, WriteAsync);
            await File.WriteAllTextAsync(mark, "");
        }
        return await Visitor.OfAsync(workshop, Name);
    }

    static async Task<bool> WriteAsync(IServiceProvider services)
    {
        var store = services.GetRequiredService<ContentStore>();
        for (var i = 1; i <= Items; i++)
            await store.SaveAsync(string.Create(CultureInfo.InvariantCulture, $"item{i:0000}"), "Article", ItemOf(i), draft: false, version: null, default);
        return true;
    }

    static JsonObject ItemOf(int i) => new()
    {
        ["DisplayText"] = string.Create(CultureInfo.InvariantCulture, $"门店通知 {i}"),
        ["TitlePart"] = new JsonObject { ["Title"] = string.Create(CultureInfo.InvariantCulture, $"门店通知 {i}") },
        ["HtmlBodyPart"] = new JsonObject { ["Html"] = $"<p>{string.Concat(Enumerable.Repeat("各门店请于周五前完成“盘点”。Count the stock. ", 30))}</p>" },
        ["Article"] = new JsonObject { ["Priority"] = new JsonObject { ["Value"] = i % 5 }, ["Region"] = new JsonObject { ["Text"] = "浙江省" } },
    };
}
