using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.CommandLine;

static class UserVerbs
{
    public static Command Command(VerbHost host) => new("user", "People of a tenant") { Create(host), ResetPassword(host) };

    static Command Create(VerbHost host)
    {
        var (tenant, user, password) = (Tenant(), User(), Password());
        var email = new Option<string?>("--email") { Description = "E-mail address" };
        var name = new Option<string?>("--name") { Description = "What colleagues see" };
        var role = new Option<string[]>("--role") { Description = "A role; may be given several times", HelpName = "ROLE", DefaultValueFactory = _ => [PlatformPermissions.StaffRole] };
        var command = new Command("create", "Add somebody; without a password a random one is printed, to be changed at the first sign-in") { tenant, user, password, email, name, role };
        host.SetAction(command, (parse, services, output, cancel) => services.GetRequiredService<TenantScopes>().RunAsync(parse.GetValue(tenant)!, async scope =>
        {
            var given = parse.GetValue(password);
            var secret = given ?? FirstUsers.NewPassword();
            var added = new CrmUser { UserName = parse.GetValue(user), Email = parse.GetValue(email), DisplayName = parse.GetValue(name) ?? "", MustChangePassword = given is null, CreatedAt = scope.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime };
            var problems = await scope.GetRequiredService<UserAccounts>().CreateAsync(added, secret, parse.GetValue(role)!, cancel);
            if (problems.Count > 0) output.Refuse(problems);
            else output.Result(new { added.Id, added.UserName, Password = given is null ? secret : null }, given is null ? secret : $"The user {added.UserName} is there.");
            return true;
        }, cancel));
        return command;
    }

    static Command ResetPassword(VerbHost host)
    {
        var (tenant, user, password) = (Tenant(), User(), Password());
        var command = new Command("reset-password", "Give somebody a new password, to be changed at the next sign-in; without one a random one is printed") { tenant, user, password };
        host.SetAction(command, (parse, services, output, cancel) => services.GetRequiredService<TenantScopes>().RunAsync(parse.GetValue(tenant)!, async scope =>
        {
            var found = await scope.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync(parse.GetValue(user)!) ?? throw new BusinessRuleException("There is no user '{0}'.", null, parse.GetValue(user));
            var secret = parse.GetValue(password) ?? FirstUsers.NewPassword();
            var problems = await scope.GetRequiredService<UserAccounts>().ResetPasswordAsync(found, secret, cancel);
            if (problems.Count > 0) output.Refuse(problems);
            else output.Result(new { found.UserName, Password = parse.GetValue(password) is null ? secret : null }, parse.GetValue(password) is null ? secret : "Done.");
            return true;
        }, cancel));
        return command;
    }

    static Option<string> Tenant() => new("--tenant") { Description = "The tenant", HelpName = "NAME", Required = true };
    static Option<string> User() => new("--user") { Description = "User name", HelpName = "USER", Required = true };
    static Option<string?> Password() => new("--password") { Description = "Password", HelpName = "PW" };
}
