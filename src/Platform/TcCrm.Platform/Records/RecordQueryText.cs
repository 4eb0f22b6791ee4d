using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary><c>?filter=city:eq:杭州&amp;filter=points:ge:100&amp;q=text&amp;sort=-points&amp;after=…&amp;size=25</c>: the same for pages and API, so that every state of a list is a link.</summary>
public static class RecordQueryText
{
    public const int MaxSize = 200;
    const int MostDeep = 4;

    /// <exception cref="BadFilterException">A part of the query is malformed.</exception>
    public static RecordQuery Parse(IQueryCollection query, int size = 25)
    {
        if (!Cursor.TryParse(query["after"], out var after)) throw new BadFilterException("'{0}' is not a place in this list.", query["after"].ToString());
        if (query["size"] is [{ Length: > 0 } text] && (!int.TryParse(text, out size) || size is < 1 or > MaxSize)) throw new BadFilterException("The size of a page is a number from 1 to {0}.", MaxSize);
        return new([.. query["filter"].OfType<string>().Where(f => f.Length > 0).Select(f => ParseFilter(f))], query["q"], query["sort"] is [{ Length: > 0 } sort] ? sort : null, after, size);
    }

    /// <summary>Also <c>any(…|…)</c>, of which one may stand within another.</summary>
    /// <exception cref="BadFilterException">It is not written field:operator:value.</exception>
    public static FieldFilter ParseFilter(string text) => ParseFilter(text, 0);

    static FieldFilter ParseFilter(string text, int depth) =>
        Group(text) is { } any ? depth < MostDeep ? new FilterGroup(any, [.. Parts(text[4..^1]).Select(p => ParseFilter(p, depth + 1))]) : throw new BadFilterException("Conditions may be nested {0} deep.", MostDeep)
        : text.Split(':', 3) is [var field, var @operator, ..] parts ? new FieldFilter(field, @operator, parts.Length == 3 ? parts[2] : "")
        : throw new BadFilterException("A filter is written field:operator:value, not '{0}'.", text);

    /// <summary>Null when the text is no group.</summary>
    static bool? Group(string text) => !text.EndsWith(')') ? null : text.StartsWith("any(", StringComparison.Ordinal) ? true : text.StartsWith("all(", StringComparison.Ordinal) ? false : null;

    static IEnumerable<string> Parts(string text)
    {
        var part = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) part.Append(text[++i]);
            else if (text[i] != '|') part.Append(text[i]);
            else
            {
                yield return part.ToString();
                part.Clear();
            }
        }
        yield return part.ToString();
    }
}
