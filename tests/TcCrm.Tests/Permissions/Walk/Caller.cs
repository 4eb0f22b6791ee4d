using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Permissions.Walk;

public enum Standing { Outside, Nothing, Reads, Everything }

/// <summary>Somebody at the doors of one tenant.</summary>
/// <param name="Page">Carries a cookie, or nothing.</param>
/// <param name="Api">Carries a key, or nothing.</param>
public sealed record Caller(string Name, Standing Standing, HttpClient Page, HttpClient Api)
{
    public HttpClient At(Door door) => door.IsForPrograms ? Api : Page;

    /// <summary>As a form of theirs would carry it, so that it is the right that refuses and not the missing token.</summary>
    public async Task<string> TokenAsync(string page = "account/password") => Standing == Standing.Outside ? "" : await Visitor.TokenOfAsync(await Page.GetAsync(page));
}
