using System.Net;
using TcCrm.Platform.Permissions;

namespace TcCrm.Tests.Permissions.Walk;

/// <summary>How a door answers somebody.</summary>
public enum Verdict { In, SignIn, Unauthorized, Forbidden, NotFound, Broken }

static class Verdicts
{
    /// <summary>What the permissions say.</summary>
    /// <param name="isFar">The address names a record out of reach.</param>
    public static Verdict Expected(Door door, Caller caller, bool isFar)
    {
        if (door.IsOfHost) return Verdict.NotFound;
        if (door.IsOpen) return Verdict.In;
        if (caller.Standing == Standing.Outside) return door.IsForPrograms && !door.Route.StartsWith("/api/docs", StringComparison.Ordinal) ? Verdict.Unauthorized : Verdict.SignIn;
        if (door.Permissions.Count > 0) return caller.Standing == Standing.Everything ? Verdict.In : Verdict.Forbidden;
        if (ByHand.IsOwn(door)) return caller.Standing == Standing.Everything ? Verdict.In : Verdict.NotFound;
        if (ByHand.RightOf(door) is not { } right) return Verdict.In;
        if (caller.Standing == Standing.Nothing) return Verdict.NotFound;
        if (caller.Standing == Standing.Reads && right != RecordRight.View) return isFar && door.Right != right ? Verdict.NotFound : Verdict.Forbidden; // what asks for the record before the right must not tell of it
        return isFar ? Verdict.NotFound : Verdict.In;
    }

    public static Verdict Of(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Redirect when answer.Headers.Location!.OriginalString.Contains("/sign-in", StringComparison.Ordinal) => Verdict.SignIn,
        HttpStatusCode.Unauthorized => Verdict.Unauthorized,
        HttpStatusCode.Forbidden => Verdict.Forbidden,
        HttpStatusCode.NotFound => Verdict.NotFound,
        >= HttpStatusCode.InternalServerError => Verdict.Broken,
        _ => Verdict.In,
    };
}
