using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>
/// OpenIddict registers each of its hundreds of handlers and filters as a service, which every start would pay for, also on a host where nobody is a
/// provider. Its dispatcher asks for them by their type; here they are made when a request to a provider needs them.
/// </summary>
sealed class HandlersOnDemand(IServiceProvider services) : IServiceProvider
{
    static readonly ConcurrentDictionary<Type, Func<IServiceProvider, object>> Factories = new();
    readonly Dictionary<Type, object> _made = [];

    /// <summary>What <c>AddServer().UseAspNetCore()</c> registers, without the handlers.</summary>
    public static void AddServer(IServiceCollection services)
    {
        services.AddScoped<IOpenIddictServerFactory, OpenIddictServerFactory>().AddScoped<OpenIddictServerAspNetCoreHandler>();
        services.AddScoped<IOpenIddictServerDispatcher>(scope => ActivatorUtilities.CreateInstance<OpenIddictServerDispatcher>(scope, new HandlersOnDemand(scope)));
        services.AddSingleton<IPostConfigureOptions<OpenIddictServerOptions>, OpenIddictServerConfiguration>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, OpenIddictServerAspNetCoreConfiguration>().AddSingleton<IPostConfigureOptions<OpenIddictServerOptions>, OpenIddictServerAspNetCoreConfiguration>();
        services.AddSingleton<IPostConfigureOptions<OpenIddictServerAspNetCoreOptions>, OpenIddictServerAspNetCoreConfiguration>();
        services.AddSingleton<IConfigureOptions<AuthenticationOptions>, OpenIddictServerAspNetCoreConfiguration>().AddSingleton<IPostConfigureOptions<AuthenticationOptions>, OpenIddictServerAspNetCoreConfiguration>();
    }

    public object? GetService(Type serviceType) => services.GetService(serviceType) ?? (IsHandler(serviceType) ? Made(serviceType) : null);

    object Made(Type handler) => _made.TryGetValue(handler, out var made) ? made : _made[handler] = Factories.GetOrAdd(handler, FactoryOf)(services);

    /// <summary>Most have a constructor besides for servers that keep nothing; the container, too, would take the one that asks for more.</summary>
    static Func<IServiceProvider, object> FactoryOf(Type handler)
    {
        var constructor = handler.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        var (invoker, needed) = (ConstructorInvoker.Create(constructor), constructor.GetParameters().Select(p => p.ParameterType).ToArray());
        return services => invoker.Invoke(Array.ConvertAll(needed, services.GetRequiredService).AsSpan()!);
    }

    static bool IsHandler(Type type) => type is { IsClass: true, IsAbstract: false } && (type.Assembly == typeof(OpenIddictServerHandlers).Assembly || type.Assembly == typeof(OpenIddictServerAspNetCoreHandlers).Assembly);
}
