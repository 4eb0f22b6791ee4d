using System.CommandLine;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

/// <summary>Runs a verb inside a host that serves nobody, on the same data as one that does.</summary>
public sealed class VerbHost(Func<string[], WebApplication> build)
{
    /// <summary>The log goes to standard error, so that scripts can read standard output.</summary>
    static readonly string[] Quiet = ["--Logging:LogLevel:Default=Error", "--Logging:LogLevel:TcCrm=Warning", "--Logging:LogLevel:TcCrm.Platform.Recipes=Error", "--Logging:Console:LogToStandardErrorThreshold=Trace"];

    public Option<string?> Data { get; } = new("--data") { Description = "Folder of the tenants' data; else what the configuration says", HelpName = "FOLDER", Recursive = true };
    public Option<bool> Json { get; } = new("--json") { Description = "Answer in JSON, for scripts", Recursive = true };

    public void SetAction(Command command, Func<ParseResult, IServiceProvider, VerbOutput, CancellationToken, Task> work) => command.SetAction((parse, cancel) => RunAsync(parse, work, cancel));

    async Task<int> RunAsync(ParseResult parse, Func<ParseResult, IServiceProvider, VerbOutput, CancellationToken, Task> work, CancellationToken cancel)
    {
        string[] settings = parse.GetValue(Data) is { } folder ? [.. Quiet, $"--TcCrm:DataPath={folder}"] : Quiet;
        await using var app = build(settings);
        var output = new VerbOutput(parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error, parse.GetValue(Json), app.Services.GetRequiredService<IText>());
        try
        {
            await app.Services.GetRequiredService<HostStart>().PrepareAsync(cancel);
            await work(parse, app.Services, output, cancel);
            return output.HasFailed ? 1 : 0;
        }
        catch (SetupRefusedException refused)
        {
            output.Refuse(refused.Problems);
        }
        catch (RecipeRefusedException refused)
        {
            output.Report(refused.Report);
        }
        catch (BusinessRuleException refused)
        {
            output.Refuse([new(refused.Field ?? "", refused.Key, [.. refused.Args])]);
        }
        catch (Exception e) when (e is BadFilterException or IOException or UnauthorizedAccessException or DbException or OperationCanceledException)
        {
            output.Fail(e.Message);
        }
        return 1;
    }
}
