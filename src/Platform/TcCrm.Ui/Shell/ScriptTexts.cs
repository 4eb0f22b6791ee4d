using System.Text.Encodings.Web;
using System.Text.Json;

namespace TcCrm.Ui;

/// <summary>The sentences that scripts show by <c>tc.L('…')</c>, sent with a page whose language is not English.</summary>
public static class ScriptTexts
{
    public static readonly IReadOnlyList<string> Keys =
    [
        "Undo", "That could not be undone", "The network is not answering. Please try again.", "You have been signed out.", "Sign in", "This page has expired. What you typed comes back when you reload it.", "Reload",
        "The server failed. Please try again later.", "Results", "Keyboard shortcuts", "Search this page", "Fold the navigation",
        "Search or jump", "Next or previous row", "Select the row", "Open the preview", "Open the record", "Close the preview", "{0} selected",
        "You had been signed out. What you typed is back; look it over and save.",
    ];

    /// <summary>The view encodes it once more for the attribute it stands in.</summary>
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(IText text) => JsonSerializer.Serialize(Keys.ToDictionary(key => key, key => text[key]), Readable);
}
