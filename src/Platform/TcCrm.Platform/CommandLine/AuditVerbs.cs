using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

static class AuditVerbs
{
    public static Command Command(VerbHost host)
    {
        var tenant = new Option<string>("--tenant") { Description = "The tenant whose key sealed the log", HelpName = "NAME", Required = true };
        var database = new Option<FileInfo?>("--database") { Description = "A copy of the tenant's SQLite database, read instead of the tenant's own", HelpName = "FILE" };
        var verify = new Command("verify", "Say whether the audit log is as it was written, or what is wrong first: something changed, missing, put in, or sealed without the tenant's key. Exit code 1 when something is. Only reads") { tenant, database };
        host.SetAction(verify, (parse, services, output, cancel) => services.GetRequiredService<TenantScopes>().RunAsync(parse.GetValue(tenant)!, async scope =>
        {
            var check = scope.GetRequiredService<VerifyAudit>();
            var verdict = await (parse.GetValue(database) is { } copy ? check.CopyAsync(copy.FullName, cancel) : check.ExecuteAsync(null, cancel));
            Say(verdict, output, scope.GetRequiredService<IText>());
            return true;
        }, cancel));
        return new("audit", "The audit log of a tenant") { verify };
    }

    static void Say(AuditVerdict verdict, VerbOutput output, IText text)
    {
        var problem = verdict.Problem?.Message(text);
        var counts = text["{0:N0} entries in {1:N0} blocks; {2:N0} not sealed yet, {3:N0} erased.", verdict.Entries, verdict.Blocks, verdict.Unsealed, verdict.Erased];
        var result = new { Sound = verdict.IsSound, verdict.Entries, verdict.Blocks, verdict.Unsealed, verdict.Erased, verdict.SealedUntil, Problem = problem };
        if (problem is null) output.Result(result, text["The audit log is as it was written."] + " " + counts);
        else output.BadResult(result, problem + " " + counts);
    }
}
