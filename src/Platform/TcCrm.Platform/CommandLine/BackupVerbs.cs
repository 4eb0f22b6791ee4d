using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants.Backups;

namespace TcCrm.Platform.CommandLine;

static class BackupVerbs
{
    public static Command BackUp(VerbHost host)
    {
        var name = TenantVerbs.Name();
        var target = new Option<FileInfo>("--out") { Description = "The archive to write", HelpName = "FILE", Required = true };
        var command = new Command("backup", "Write a tenant's database, files and keys into one archive, as secret as the tenant itself") { name, target };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            var (tenant, file) = (parse.GetValue(name)!, parse.GetValue(target)!);
            var draft = file.FullName + ".new";
            try
            {
                await using (var stream = new FileStream(draft, Secret())) await services.GetRequiredService<BackUpTenant>().ExecuteAsync(tenant, stream, cancel);
                File.Move(draft, file.FullName, overwrite: true);
            }
            finally
            {
                File.Delete(draft);
            }
            output.Result(new { Name = tenant, File = file.FullName, Bytes = new FileInfo(file.FullName).Length }, file.FullName);
        });
        return command;
    }

    public static Command Restore(VerbHost host)
    {
        var archive = new Argument<FileInfo>("FILE") { Description = "An archive that 'backup' has written" };
        var name = new Option<string?>("--name") { Description = "Address name of the tenant; else the one it had", HelpName = "NAME" };
        var replace = new Option<bool>("--replace") { Description = "In place of the tenant that has the name now" };
        var command = new Command("restore", "Make a tenant from a backup, of this host or another") { archive, name, replace };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            await using var stream = parse.GetValue(archive)!.OpenRead();
            var restored = await services.GetRequiredService<RestoreTenant>().ExecuteAsync(stream, parse.GetValue(name), parse.GetValue(replace), cancel);
            output.Result(new { Name = restored }, $"The tenant {restored} is restored.");
        });
        return command;
    }

    /// <summary>For the owner alone: keys are in it.</summary>
    static FileStreamOptions Secret()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
