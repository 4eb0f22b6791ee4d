using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace TcCrm.Platform.Identity.OpenId;

/// <summary>A program that signs users in here, or works through the API as a user of its own. Its secret is kept as a hash.</summary>
public sealed class OpenIdApplication : OpenIddictEntityFrameworkCoreApplication<Guid, OpenIdAuthorization, OpenIdToken>
{
    public OpenIdApplication() => Id = Guid.CreateVersion7();

    /// <summary>One that is switched off is unknown to every endpoint, and its tokens open nothing.</summary>
    public bool IsEnabled { get; set; } = true;
    /// <summary>For whom it acts without a person (client credentials); null when it may not.</summary>
    public Guid? ServiceUserId { get; set; }
    public DateTime CreatedAt { get; set; }
}

/// <summary>What a user has let an application do.</summary>
public sealed class OpenIdAuthorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, OpenIdApplication, OpenIdToken>
{
    public OpenIdAuthorization() => Id = Guid.CreateVersion7();
}

/// <summary>Each code and token that was issued, so that it can be used up and revoked; the token itself is not kept.</summary>
public sealed class OpenIdToken : OpenIddictEntityFrameworkCoreToken<Guid, OpenIdApplication, OpenIdAuthorization>
{
    public OpenIdToken() => Id = Guid.CreateVersion7();
}

static class OpenIdModel
{
    public static void Build(ModelBuilder builder)
    {
        builder.ApplyConfiguration(new OpenIddictEntityFrameworkCoreApplicationConfiguration<OpenIdApplication, OpenIdAuthorization, OpenIdToken, Guid>());
        builder.ApplyConfiguration(new OpenIddictEntityFrameworkCoreAuthorizationConfiguration<OpenIdAuthorization, OpenIdApplication, OpenIdToken, Guid>());
        builder.ApplyConfiguration(new OpenIddictEntityFrameworkCoreTokenConfiguration<OpenIdToken, OpenIdApplication, OpenIdAuthorization, Guid>());
        builder.Entity<OpenIdApplication>().ToTable("openid_application");
        builder.Entity<OpenIdAuthorization>().ToTable("openid_authorization");
        builder.Entity<OpenIdToken>().ToTable("openid_token");
    }
}
