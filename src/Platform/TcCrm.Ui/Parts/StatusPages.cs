namespace TcCrm.Ui;

/// <summary>The texts of the answers that are not pages.</summary>
public static class StatusPages
{
    /// <summary>A step that the business refuses, with its reason.</summary>
    public static StatusPage Refused(int status, string reason, IText text) =>
        new("alert-triangle", "amber", text["This cannot be done"], reason, $"{status}", new PartAction(text["Go to the start page"], "~/", "home"));

    /// <summary>The token of a form is not good: of a session that is over, or of another user.</summary>
    /// <param name="form">Where the form stands; null when that is not known.</param>
    public static StatusPage Stale(string? form, IText text) => new("alert-triangle", "amber", text["This page has expired"],
        text["The form was opened in a session that is over, or by somebody else. Open it again, look it over and send it once more."], "400",
        [.. form is null ? Array.Empty<PartAction>() : [new PartAction(text["Open the form again"], form, "refresh")], new PartAction(text["Go to the start page"], "~/", "home")]);

    /// <param name="trace">Shown beside the status, so that somebody can find the entry in the log.</param>
    public static StatusPage For(int status, IText text, string? trace = null)
    {
        var code = trace is null ? $"{status}" : $"{status} · {trace}";
        var home = new PartAction(text["Go to the start page"], "~/", "home");
        return status switch
        {
            400 => new("alert-triangle", "amber", text["This page has expired"], text["It was open for too long, or the form was sent twice. Go back, reload the page and send it again."], code, home),
            401 => new("lock", "gray", text["Please sign in"], text["This page is for people who are signed in."], code, new PartAction(text["Sign in"], "~/sign-in", "key")),
            403 => new("lock", "amber", text["You do not have access to this page"], text["Ask an administrator of your company if you need it for your work."], code, home),
            404 => new("map", "gray", text["There is nothing at this address"], text["It may have been deleted or merged, or the address has a mistake."], code, home),
            429 => new("clock", "amber", text["Too many requests"], text["Please wait a minute and try again."], code, home),
            503 => new("refresh", "amber", text["Not available right now"], text["The system is being set up or maintained. Please try again shortly."], code, home),
            _ => new("server-off", "red", text["Something went wrong on the server"], text["It has been recorded. Please try again; if it happens again, tell your administrator the code below."], code, home),
        };
    }
}
