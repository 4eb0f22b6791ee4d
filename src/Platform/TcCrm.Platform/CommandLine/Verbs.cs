using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace TcCrm.Platform.CommandLine;

/// <summary>What the executable does besides being the host. Exit codes: 0 done, 1 refused or failed, 2 wrong arguments.</summary>
public static class Verbs
{
    const int WrongArguments = 2;

    /// <summary>Whether these arguments ask for a verb or for help; anything else starts the host.</summary>
    public static bool AreAskedFor(string[] args) => args switch
    {
        ["--json", .. var rest] => AreAskedFor(rest),
        ["--data", _, .. var rest] => AreAskedFor(rest),
        [var first, ..] => !first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version",
        [] => false,
    };

    /// <param name="build">Builds the host from configuration arguments, without starting it.</param>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var parse = Root(new(build)).Parse(args);
        var code = await parse.InvokeAsync();
        return parse.Action is ParseErrorAction ? WrongArguments : code;
    }

    static RootCommand Root(VerbHost host)
    {
        var root = new RootCommand("TC-CRM: a customer relationship system for many companies. Without a verb it starts the host; --demo makes a tenant to look around in, --urls says where to listen.");
        root.Options.Add(host.Data);
        root.Options.Add(host.Json);
        root.Subcommands.Add(TenantVerbs.Command(host));
        root.Subcommands.Add(RecipeVerbs.Command(host));
        root.Subcommands.Add(UserVerbs.Command(host));
        root.Subcommands.Add(ApiKeyVerbs.Command(host));
        root.Subcommands.Add(BackupVerbs.BackUp(host));
        root.Subcommands.Add(BackupVerbs.Restore(host));
        root.Subcommands.Add(ImportVerbs.Import(host));
        root.Subcommands.Add(ImportVerbs.Export(host));
        root.Subcommands.Add(MigrateVerb.Command(host));
        root.Subcommands.Add(AuditVerbs.Command(host));
        return root;
    }
}
