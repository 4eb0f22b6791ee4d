using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.ImportExport.Verbs;

namespace TcCrm.Platform.CommandLine;

static class ImportVerbs
{
    public static Command Import(VerbHost host)
    {
        var (tenant, type) = (Tenant(), RecordType());
        var file = new Option<string>("--file") { Description = "CSV or XLSX", HelpName = "FILE", Required = true };
        var map = new Option<string?>("--map") { Description = "JSON: which column goes into which field; suggested when left out", HelpName = "MAP.json" };
        var match = new Option<string?>("--match") { Description = "Field, or column, by which a record is found again", HelpName = "FIELD" };
        var mode = new Option<string>("--mode") { Description = "What to do with rows that match and with rows that do not", DefaultValueFactory = _ => "add+update" }.AcceptOnlyFromAmong("add", "update", "add+update");
        var encoding = new Option<string>("--encoding") { Description = "Encoding of a CSV file", HelpName = "auto|NAME", DefaultValueFactory = _ => "auto" };
        var preview = new Option<bool>("--preview") { Description = "Count what would happen; write nothing" };
        var errors = new Option<string?>("--errors") { Description = "CSV file for the rows that are left out, with the reasons", HelpName = "FILE" };
        var command = new Command("import", "Import a table into records of a type; prints what happened as JSON") { tenant, type, file, map, match, mode, encoding, preview, errors };
        host.SetAction(command, (parse, services, output, cancel) => services.GetRequiredService<ImportVerb>().RunAsync(
            new(parse.GetValue(tenant)!, parse.GetValue(type)!, parse.GetValue(file)!, parse.GetValue(map), parse.GetValue(match), ImportPlan.ParseMode(parse.GetValue(mode)!)!.Value, parse.GetValue(encoding), parse.GetValue(preview), parse.GetValue(errors)),
            output.Out, cancel));
        return command;
    }

    public static Command Export(VerbHost host)
    {
        var (tenant, type) = (Tenant(), RecordType());
        var filters = new Option<string[]>("--filter") { Description = "field:operator:value; may be given several times", HelpName = "FILTER", DefaultValueFactory = _ => [] };
        var sort = new Option<string?>("--sort") { Description = "Field, with '-' for falling", HelpName = "FIELD" };
        var columns = new Option<string?>("--columns") { Description = "Fields, separated by commas; all when left out", HelpName = "FIELDS" };
        var encoding = new Option<string?>("--encoding") { Description = "Encoding of a CSV file", HelpName = "NAME" };
        var target = new Option<string>("--out") { Description = "The file to write: XLSX if it ends so, else CSV", HelpName = "FILE", Required = true };
        var command = new Command("export", "Export records of a type") { tenant, type, filters, sort, columns, encoding, target };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            var fields = parse.GetValue(columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var rows = await services.GetRequiredService<ExportVerb>().RunAsync(new(parse.GetValue(tenant)!, parse.GetValue(type)!, parse.GetValue(filters)!, parse.GetValue(sort), fields, parse.GetValue(encoding), parse.GetValue(target)!), cancel);
            output.Result(new { Rows = rows, File = parse.GetValue(target) }, $"{rows} rows written.");
        });
        return command;
    }

    static Option<string> Tenant() => new("--tenant") { Description = "The tenant", HelpName = "NAME", Required = true };
    static Option<string> RecordType() => new("--type") { Description = "Record type, such as customers.customer", HelpName = "TYPE", Required = true };
}
