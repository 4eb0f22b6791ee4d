using TcCrm.Bench;
using TcCrm.Bench.Baselines;
using TcCrm.Bench.Data;
using TcCrm.Bench.Figures;
using TcCrm.Bench.Reports;
using TcCrm.Bench.Running;

var options = BenchOptions.Parse(args);
switch (options.Name)
{
    case "load": return await LoadLoop.RunAsync();
    case "baseline-get": return await GetById.RunAsync(options);
    case "baseline-content": return await ContentById.RunAsync(options);
    case "baseline-list": return await ListPage.RunAsync(options);
    case "make-tenants": return await ManyTenants.MakeAsync(options);
    case "report": break;
    case "all" or null:
        foreach (var figure in Figure.All) await RunAsync(figure);
        break;
    default:
        if (Figure.All.FirstOrDefault(f => f.Name == options.Name) is not { } chosen)
        {
            Console.Error.WriteLine($"There is no figure '{options.Name}'. Choose: all {string.Join(' ', Figure.All.Select(f => f.Name))} report");
            return 2;
        }
        await RunAsync(chosen);
        break;
}
await Report.WriteAsync(options);
return 0;

async Task RunAsync(Figure figure)
{
    Console.WriteLine($"== {figure.Name}: {figure.Title}");
    await Report.KeepAsync(options, await figure.MeasureAsync(options));
}
