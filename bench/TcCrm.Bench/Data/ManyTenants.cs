using System.Globalization;
using System.Text.Json;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>Many tenants of <c>retail-chain</c>, made in a process of their own that says what CPU each took.</summary>
static class ManyTenants
{
    public static string DataPath => Path.Combine(BenchOptions.Kept, "tenants");
    static string ListFile => Path.Combine(DataPath, "visitors.json");

    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"chain-{index:000}");

    public static Visitor[] Read() => JsonSerializer.Deserialize<Visitor[]>(File.ReadAllText(ListFile))!;

    /// <summary>The child's side: one line with milliseconds of CPU per tenant set up.</summary>
    public static async Task<int> MakeAsync(BenchOptions options)
    {
        Directory.CreateDirectory(DataPath);
        await using var workshop = await Workshop.OpenAsync(DataPath);
        await SettledAsync();
        var visitors = new List<Visitor>();
        for (var i = 1; i <= options.Tenants; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            if (workshop.Registry.Find(NameOf(i)) is null)
            {
                await Visitor.SetUpAsync(workshop, NameOf(i));
                Console.WriteLine((Environment.CpuUsage.TotalTime - before).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture));
            }
            visitors.Add(await Visitor.OfAsync(workshop, NameOf(i)));
        }
        await File.WriteAllTextAsync(ListFile, JsonSerializer.Serialize(visitors));
        return 0;
    }

    /// <summary>What goes on in the background after a start is the start's, which has a figure of its own.</summary>
    static async Task SettledAsync()
    {
        for (var before = TimeSpan.Zero; Environment.CpuUsage.TotalTime - before > TimeSpan.FromMilliseconds(20);)
        {
            before = Environment.CpuUsage.TotalTime;
            await Task.Delay(500);
        }
    }
}
