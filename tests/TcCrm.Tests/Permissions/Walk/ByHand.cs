using TcCrm.Platform.Permissions;

namespace TcCrm.Tests.Permissions.Walk;

/// <summary>Doors that decide by what they are asked for. Each is named here with what it comes down to; one that is neither here nor says itself whom it lets in fails the walk.</summary>
static class ByHand
{
    /// <summary>A right on the record type, asked for inside: the API, and parts of the record pages.</summary>
    static readonly Dictionary<string, RecordRight> Rights = new(StringComparer.Ordinal)
    {
        ["GET /api/v1/{type}"] = RecordRight.View,
        ["GET /api/v1/{type}/changes"] = RecordRight.View,
        ["GET /api/v1/{type}/{key}"] = RecordRight.View,
        ["POST /api/v1/{type}/query"] = RecordRight.View,
        ["POST /api/v1/{type}"] = RecordRight.Create,
        ["POST /api/v1/{type}/bulk"] = RecordRight.View, // each item is answered for itself
        ["PATCH /api/v1/{type}/{key}"] = RecordRight.Edit,
        ["DELETE /api/v1/{type}/{key}"] = RecordRight.Delete,
        ["GET /{module:module}/{noun:record}/export"] = RecordRight.Export,
        ["GET /{module:module}/{noun:record}/import"] = RecordRight.Import,
        ["GET /{module:module}/{noun:record}/import?handler=Template"] = RecordRight.Import,
        ["POST /{module:module}/{noun:record}/import"] = RecordRight.Import,
        ["GET /options/{type}/{field}"] = RecordRight.View,
        ["GET /why"] = RecordRight.View,
        ["POST /{module:module}/{noun:record}?handler=Delete"] = RecordRight.Delete,
        ["POST /{module:module}/{noun:record}/{key}?handler=Delete"] = RecordRight.Delete,
        ["POST /{module:module}/{noun:record}/{key}?handler=Reveal"] = RecordRight.Reveal,
        ["GET /{module:module}/{noun:record}/{key}/personal-data?handler=Copy"] = RecordRight.Reveal, // permissions of their own, which nobody has without the rights that are named here
        ["POST /{module:module}/{noun:record}/{key}/personal-data?handler=Copy"] = RecordRight.Reveal,
        ["POST /{module:module}/{noun:record}/{key}/personal-data?handler=Consent"] = RecordRight.Edit,
        ["POST /{module:module}/{noun:record}/{key}/personal-data?handler=Erase"] = RecordRight.Delete,
        ["POST /{module:module}/{noun:record}/{key}/personal-data?handler=Hold"] = RecordRight.Delete,
        ["POST /{module:module}/{noun:record}/{key}/personal-data?handler=Lift"] = RecordRight.Delete,
    };

    /// <summary>For everybody who is signed in: what they see there is their own, or worked out from what they may see.</summary>
    static readonly HashSet<string> Signed = new(StringComparer.Ordinal)
    {
        "GET /", "GET /palette", "POST /account/unit", "POST /account/viewing/end", "GET /account", "POST /account", "GET /account/password", "POST /account/password",
        "POST /account?handler=EndSession", "POST /account?handler=EndSessions", "GET /account/second-factor", "POST /account/second-factor", "POST /account/second-factor?handler=Codes", "POST /account/second-factor?handler=Off",
        "POST /account/applications/{id:guid}", "GET /account/linked", "POST /account/linked?handler=Link", "POST /account/linked?handler=Unlink", "GET /api/docs/{documentName?}", "GET /api/v1/me", "GET /api/v1/openapi.json", "GET /why",
    };

    public static RecordRight? RightOf(Door door) => Rights.TryGetValue(door.ToString(), out var right) ? right : door.Right;

    /// <summary>Somebody's own import: nobody else finds it.</summary>
    public static bool IsOwn(Door door) => door.Route.StartsWith("/import/", StringComparison.Ordinal);

    public static bool Knows(Door door) => door.SaysWhom || RightOf(door) is not null || IsOwn(door) || Signed.Contains(door.ToString());

    /// <summary>What is named here and no longer exists.</summary>
    public static IEnumerable<string> GoneFrom(IReadOnlyList<Door> doors) => Rights.Keys.Concat(Signed).Except(doors.Select(d => d.ToString()));
}
