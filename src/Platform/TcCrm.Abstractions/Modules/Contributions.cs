using Microsoft.Extensions.DependencyInjection;

namespace TcCrm;

/// <summary>Marks what features contribute as a list. Such a thing is read through the tenant's catalogue only, never injected as <c>IEnumerable&lt;T&gt;</c>.</summary>
public interface IContribution;

/// <summary>One contributed thing and the features that must all be on for it to count.</summary>
public sealed record Contribution(Type Kind, IReadOnlyList<string> Features, object? Instance, Type? Implementation);

/// <summary>Collects what one startup contributes; every entry carries the startup's feature ids.</summary>
public sealed class Contributions(IServiceCollection services, IReadOnlyList<string> features, ICollection<Contribution> into)
{
    /// <summary>A thing that is plain data.</summary>
    public Contributions Add<T>(T instance) where T : class, IContribution
    {
        into.Add(new(typeof(T), features, instance, null));
        return this;
    }

    /// <summary>A thing that needs services: made anew in the scope that asks for it.</summary>
    public Contributions Add<T, TImplementation>() where T : class, IContribution where TImplementation : class, T
    {
        services.AddTransient<TImplementation>();
        into.Add(new(typeof(T), features, null, typeof(TImplementation)));
        return this;
    }
}

/// <summary>What the features of the current tenant contribute.</summary>
public interface ITenantCatalogue
{
    IEnumerable<T> Of<T>() where T : class, IContribution;
}

/// <summary>A contract of another module that answers only while the feature behind it is on.</summary>
public interface IOptional<out T> where T : class
{
    T? Value { get; }
}
