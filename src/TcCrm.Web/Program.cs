using TcCrm.Platform.CommandLine;
using TcCrm.Platform.Hosting;
using TcCrm.Platform.Modules;

if (Verbs.AreAskedFor(args)) return await Verbs.RunAsync(args, Build);

await using var host = Build(HostArguments.Of(args));
return await host.RunTcCrmAsync();

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.WebHost.UseStaticWebAssets();
    builder.AddTcCrm(ModuleCatalog.Installed(builder.Configuration, "TcCrm.Customers", "TcCrm.Contents", "TcCrm.Announcements", "TcCrm.StaffTheme"));
    return builder.Build();
}

public partial class Program;
