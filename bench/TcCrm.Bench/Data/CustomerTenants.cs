using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>The tenants with few and with many customers; written once, kept for later runs.</summary>
static class CustomerTenants
{
    public static string DataPath => Path.Combine(BenchOptions.Kept, "customers");

    public static Task<Visitor[]> PrepareAsync(params int[] counts) => PrepareAsync(DataPath, null, counts);

    /// <param name="postgres">Connection string; null keeps the tenants in files.</param>
    public static async Task<Visitor[]> PrepareAsync(string dataPath, string? postgres, params int[] counts)
    {
        Directory.CreateDirectory(dataPath);
        await using var workshop = await Workshop.OpenAsync(dataPath, postgres);
        var visitors = new List<Visitor>();
        foreach (var count in counts) visitors.Add(await PrepareAsync(workshop, dataPath, count));
        return [.. visitors];
    }

    static async Task<Visitor> PrepareAsync(Workshop workshop, string dataPath, int count)
    {
        var name = $"rows-{count}";
        var mark = Path.Combine(dataPath, name + ".written");
        if (!File.Exists(mark))
        {
            if (workshop.Registry.Find(name) is not null) throw new InvalidOperationException($"Writing {name} was broken off: remove {dataPath}.");
            var began = Stopwatch.GetTimestamp();
            await Visitor.SetUpAsync(workshop, name);
            await workshop.InAsync(name, async services =>
            {
                var owner = (await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(Visitor.Name))!.Id;
                await new CustomerRows(services.GetRequiredService<CrmDbContext>(), owner).WriteAsync(count, default);
                return true;
            });
            await File.WriteAllTextAsync(mark, "");
            Console.WriteLine($"  {name} written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        }
        return await Visitor.OfAsync(workshop, name);
    }
}
