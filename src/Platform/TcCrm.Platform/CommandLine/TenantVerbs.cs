using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Recipes.Exports;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

static class TenantVerbs
{
    public static Command Command(VerbHost host) => new("tenant", "Companies of this host")
    {
        Create(host),
        List(host),
        Export(host),
        Change(host, "suspend", "Let nobody in until it is resumed; nothing is lost", (services, name, cancel) => services.GetRequiredService<SuspendTenant>().ExecuteAsync(name, cancel)),
        Change(host, "resume", "Let people in again", (services, name, cancel) => services.GetRequiredService<ResumeTenant>().ExecuteAsync(name, cancel)),
        Change(host, "remove", "Take it away with its database, files and keys; only a backup brings it back", (services, name, cancel) => services.GetRequiredService<RemoveTenant>().ExecuteAsync(name, cancel)),
    };

    public static Argument<string> Name() => new("NAME") { Description = "Address name: a-z, 0-9 and '-'" };

    static Command Create(VerbHost host)
    {
        var name = Name();
        var recipe = new Option<string>("--recipe") { Description = "Name of a recipe, or its file", HelpName = "FILE|NAME", DefaultValueFactory = _ => "blank" };
        var admin = new Option<string>("--admin") { Description = "User name of the administrator", HelpName = "USER", Required = true };
        var password = new Option<string?>("--password") { Description = "Their password", HelpName = "PW" };
        var passwordFile = new Option<FileInfo?>("--password-file") { Description = "A file with the password alone, so that no list of processes shows it", HelpName = "FILE" };
        var email = new Option<string?>("--email") { Description = "Their e-mail address" };
        var title = new Option<string?>("--title") { Description = "The company's name" };
        var language = new Option<string>("--lang") { Description = "zh-CN or en", HelpName = "LANG", DefaultValueFactory = _ => "zh-CN" };
        var zone = new Option<string>("--zone") { Description = "Time zone", HelpName = "ZONE", DefaultValueFactory = _ => "Asia/Shanghai" };
        var address = new Option<string?>("--host") { Description = "Host names that lead to it, separated by commas" };
        var demo = new Option<bool>("--demo-data") { Description = "Fill in invented records" };
        var create = new Command("create", "Set a company up; the name 'default' makes the host administrator's own tenant") { name, recipe, admin, password, passwordFile, email, title, language, zone, address, demo };
        host.SetAction(create, async (parse, services, output, cancel) =>
        {
            var secret = parse.GetValue(passwordFile) is { } file ? (await File.ReadAllTextAsync(file.FullName, cancel)).TrimEnd('\r', '\n') : parse.GetValue(password) ?? "";
            var wish = new TenantWish(parse.GetValue(name)!, parse.GetValue(recipe)!, new(parse.GetValue(admin)!, secret) { Email = parse.GetValue(email) })
            {
                Title = parse.GetValue(title),
                Language = parse.GetValue(language)!,
                Zone = parse.GetValue(zone)!,
                Host = parse.GetValue(address),
                WithDemoData = parse.GetValue(demo),
            };
            await services.GetRequiredService<SetUpTenants>().RunAsync([wish], output.Step, cancel);
            output.Result(new { wish.Name, Address = services.GetRequiredService<TenantRegistry>().Find(wish.Name)!.PathBase + "/" }, $"The tenant {wish.Name} is ready.");
        });
        return create;
    }

    static Command List(VerbHost host)
    {
        var list = new Command("list", "All companies with their state");
        host.SetAction(list, (_, services, output, _) =>
        {
            var all = services.GetRequiredService<TenantRegistry>().All.OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(t => new { t.Name, State = t.State.ToString(), t.Engine, Address = t.PathBase + "/", t.Host, t.Title, t.Recipe, t.CreatedAt, t.Error }).ToList();
            output.Result(all, string.Join(Environment.NewLine, all.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name}\t{t.State}\t{t.Engine}\t{t.Address}\t{t.CreatedAt:yyyy-MM-dd}\t{t.Title}\t{t.Error}"))));
            return Task.CompletedTask;
        });
        return list;
    }

    static Command Export(VerbHost host)
    {
        var name = Name();
        var file = new Option<FileInfo>("--out") { Description = "The recipe to write", HelpName = "FILE", Required = true };
        var parts = new Option<string[]>("--part") { Description = "What to write, such as Roles or records:customers.customer; else all but data", HelpName = "PART" };
        var export = new Command("export", "Write a company as a recipe, without any secret") { name, file, parts };
        host.SetAction(export, async (parse, services, output, cancel) =>
        {
            var (target, chosen) = (parse.GetValue(file)!.FullName, parse.GetValue(parts));
            await services.GetRequiredService<TenantScopes>().RunAsync(parse.GetValue(name)!, async scope =>
            {
                await using (var stream = File.Create(target + ".part")) await scope.GetRequiredService<RecipeExporter>().WriteAsync(chosen is { Length: > 0 } ? chosen : null, stream, cancel);
                return true;
            }, cancel);
            File.Move(target + ".part", target, overwrite: true);
            output.Result(new { Name = parse.GetValue(name), File = target }, $"Written to {target}");
        });
        return export;
    }

    static Command Change(VerbHost host, string verb, string description, Func<IServiceProvider, string, CancellationToken, Task> work)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        host.SetAction(command, async (parse, services, output, cancel) =>
        {
            await work(services, parse.GetValue(name)!, cancel);
            output.Result(new { Name = parse.GetValue(name), Done = verb }, "Done.");
        });
        return command;
    }
}
