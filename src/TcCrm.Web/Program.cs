using TcCrm.Platform.Hosting;
using TcCrm.Platform.Modules;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = HostArguments.Of(args), ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = true);
builder.AddTcCrm(ModuleCatalog.Installed(builder.Configuration, "TcCrm.Customers", "TcCrm.StaffTheme"));

var app = builder.Build();
app.UseTcCrm();
await app.RunAsync();

public partial class Program;
