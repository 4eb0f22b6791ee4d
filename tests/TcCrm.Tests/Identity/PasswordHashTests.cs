using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class PasswordHashTests
{
    /// <summary>The hosts of the other tests hash more cheaply.</summary>
    [Fact]
    public void Costs_what_owasp_asks_for()
    {
        var services = new ServiceCollection();
        services.AddCrmIdentity();
        using var provider = services.BuildServiceProvider();
        Assert.True(provider.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount >= 210_000);
    }
}
