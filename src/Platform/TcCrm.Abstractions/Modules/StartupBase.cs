using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TcCrm;

/// <summary>The composition root of one feature. Runs once per process; tenants are gated, not composed.</summary>
public abstract class StartupBase
{
    public virtual void ConfigureServices(IServiceCollection services) { }
    /// <summary>What the feature adds to lists that others read: permissions, menu items, slots, jobs, rules, reactions, recipe steps.</summary>
    public virtual void Contribute(Contributions contributions) { }
    public virtual void MapEndpoints(IEndpointRouteBuilder endpoints) { }
}
