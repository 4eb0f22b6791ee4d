using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

static class ApiKeyVerbs
{
    public static Command Command(VerbHost host)
    {
        var tenant = new Option<string>("--tenant") { Description = "The tenant", HelpName = "NAME", Required = true };
        var user = new Option<string>("--user") { Description = "The user with whose rights the key acts", HelpName = "USER", Required = true };
        var name = new Option<string>("--name") { Description = "What the key is for", DefaultValueFactory = _ => "command line" };
        var days = new Option<int?>("--days") { Description = "How long it holds; without, until it is revoked" };
        var permission = new Option<string[]>("--permission") { Description = "A right that the key may use, such as View_customers.customer; repeatable. Without, all rights of the user", HelpName = "NAME" };
        var create = new Command("create", "Make a key for the API and print it; it cannot be shown again") { tenant, user, name, days, permission };
        host.SetAction(create, (parse, services, output, cancel) => services.GetRequiredService<TenantScopes>().RunAsync(parse.GetValue(tenant)!, async scope =>
        {
            var key = await scope.GetRequiredService<ApiKeys>().CreateAsync(new(parse.GetValue(user)!, parse.GetValue(name)!, parse.GetValue(days), parse.GetValue(permission) is { Length: > 0 } only ? only : null), cancel);
            output.Result(new { Key = key.ToString() }, key.ToString());
            return true;
        }, cancel));
        return new("apikey", "Keys for the API") { create };
    }
}
