using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary><c>?filter=city:eq:杭州&amp;filter=points:ge:100&amp;q=text&amp;sort=-points&amp;after=…&amp;size=25</c>: the same for pages and API, so that every state of a list is a link.</summary>
public static class RecordQueryText
{
    public const int MaxSize = 200;

    /// <exception cref="BadFilterException">A part of the query is malformed.</exception>
    public static RecordQuery Parse(IQueryCollection query, int size = 25)
    {
        if (!Cursor.TryParse(query["after"], out var after)) throw new BadFilterException("'{0}' is not a place in this list.", query["after"].ToString());
        if (query["size"] is [{ Length: > 0 } text] && (!int.TryParse(text, out size) || size is < 1 or > MaxSize)) throw new BadFilterException("The size of a page is a number from 1 to {0}.", MaxSize);
        return new([.. query["filter"].OfType<string>().Where(f => f.Length > 0).Select(ParseFilter)], query["q"], query["sort"] is [{ Length: > 0 } sort] ? sort : null, after, size);
    }

    /// <exception cref="BadFilterException">It is not written field:operator:value.</exception>
    public static FieldFilter ParseFilter(string text) =>
        text.Split(':', 3) is [var field, var @operator, ..] parts ? new(field, @operator, parts.Length == 3 ? parts[2] : "")
        : throw new BadFilterException("A filter is written field:operator:value, not '{0}'.", text);
}
