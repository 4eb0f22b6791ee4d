using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace TcCrm.Ui;

/// <summary>
/// Finished parts of pages that say the same at every request. The token that protects forms is taken out of what is kept;
/// each request puts in its own.
/// </summary>
public sealed class KeptHtml
{
    /// <summary>Enough for every entry of a navigation; what comes after is drawn each time.</summary>
    const int MostParts = 64;
    readonly ConcurrentDictionary<string, string[]> _parts = new(StringComparer.Ordinal);

    public IHtmlContent? Find(string name, string token) => _parts.TryGetValue(name, out var parts) ? new Joined(parts, token) : null;

    /// <param name="html">As it was drawn for the request with this token.</param>
    public void Keep(string name, string html, string token)
    {
        if (_parts.Count < MostParts) _parts[name] = html.Split(token);
    }

    sealed class Joined(string[] parts, string token) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                if (i > 0) writer.Write(token);
                writer.Write(parts[i]);
            }
        }
    }
}
