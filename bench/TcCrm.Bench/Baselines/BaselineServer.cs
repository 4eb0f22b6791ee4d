using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TcCrm.Bench.Baselines;

/// <summary>The least that answers a request: Kestrel and one function.</summary>
static class BaselineServer
{
    public static async Task<int> RunAsync(BenchOptions options, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseUrls(options.Text("url"));
        var app = builder.Build();
        app.Run(answer);
        await app.RunAsync();
        return 0;
    }
}
