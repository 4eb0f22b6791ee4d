using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace TcCrm.Platform.Hosting;

public static class HostRun
{
    /// <summary>Until somebody stops it. What keeps it from starting is one line that says what to do; then the exit code is 1.</summary>
    public static async Task<int> RunTcCrmAsync(this WebApplication host)
    {
        try
        {
            host.UseTcCrm();
            await host.StartAsync();
        }
        catch (Exception e) when (ReasonOf(e) is not null)
        {
            await Console.Error.WriteLineAsync("TC-CRM does not start. " + ReasonOf(e));
            await host.StopAsync(); // what had begun ends in good order, or it would be reported as failing
            return 1;
        }
        await host.WaitForShutdownAsync();
        return 0;
    }

    static string? ReasonOf(Exception e) => e switch
    {
        IOException { InnerException: AddressInUseException } => $"{e.Message} Stop what listens there, or choose another address: --urls http://localhost:5001",
        SocketException => $"It cannot listen: {e.Message}. Choose another address: --urls http://localhost:5001",
        DbException => $"The database does not answer: {e.Message} Check TcCrm:Database.",
        BusinessRuleException => e.Message,
        IOException or UnauthorizedAccessException => $"{e.Message} Check TcCrm:DataPath.",
        _ => null,
    };
}
