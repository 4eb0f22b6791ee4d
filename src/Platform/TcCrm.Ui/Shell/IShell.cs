using Microsoft.AspNetCore.Http;

namespace TcCrm.Ui;

/// <summary>What stands around a page: made by the platform for the current tenant, user and language. All texts are already translated.</summary>
public interface IShell
{
    ValueTask<ShellModel> ForAsync(HttpContext http);
}
