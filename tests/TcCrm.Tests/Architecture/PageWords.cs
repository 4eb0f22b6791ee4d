using System.Text.RegularExpressions;

namespace TcCrm.Tests.Architecture;

/// <summary>The words that stand in a page's markup itself and so look the same in every language.</summary>
public static partial class PageWords
{
    public static IEnumerable<string> Of(string page)
    {
        var markup = WithoutExpressions(Unspoken().Replace(page, " "));
        var attributes = SpokenAttribute().Matches(markup).Select(match => match.Groups["value"].Value);
        var texts = Tag().Split(markup).SelectMany(text => text.Split('\n')).Where(line => !Code().IsMatch(line));

        return attributes.Concat(texts).Select(text => Entity().Replace(text, " ").Trim()).Where(text => Word().IsMatch(OwnNames().Replace(text, "")));
    }

    /// <summary>Cuts out what Razor computes: <c>@T["…"]</c>, <c>@Model.Rows(…)</c>, <c>@(…)</c>, <c>@{ … }</c> and the heads of <c>@if (…)</c>.</summary>
    static string WithoutExpressions(string page)
    {
        var rest = new System.Text.StringBuilder();
        for (var at = 0; at < page.Length;)
        {
            var opens = page[at] == '@' && (at == 0 || !char.IsLetterOrDigit(page[at - 1]));
            if (opens)
                at = EndOfExpression(page, at + 1);
            else
                rest.Append(page[at++]);
        }
        return rest.ToString();
    }

    static int EndOfExpression(string page, int at)
    {
        if (at < page.Length && page[at] == '{')
            return EndOfBracket(page, at);
        var head = Head().Match(page, at);
        at = head.Index + head.Length;
        while (at < page.Length)
        {
            if (page[at] is '(' or '[')
                at = EndOfBracket(page, at);
            else if (Member().Match(page, at) is { Success: true } member)
                at += member.Length;
            else
                break;
        }
        return at;
    }

    static int EndOfBracket(string page, int at)
    {
        var depth = 0;
        do
        {
            if (page[at] == '"' && Literal().Match(page, at) is { Success: true } literal)
                at += literal.Length - 1;
            depth += page[at] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            at++;
        }
        while (depth > 0 && at < page.Length);
        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->|<(kbd|code|pre|script|svg)\b.*?</\1>|^\s*@(page|model|using|inject|namespace|inherits|layout|implements|attribute|addTagHelper|removeTagHelper|tagHelperPrefix)\b.*?$|@functions\s*\{.*\z|@section\s+\w+|<!doctype html>", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Unspoken();

    [GeneratedRegex(@"\s(title|aria-label|aria-description|placeholder|alt|label)=""(?<value>[^""]*)""")]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[;{}=]|^\s*(else|case .*|default:?)\s*$|^\s*(else )?(if|foreach|for|while|switch)\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"&#?\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"TC-CRM|中文|\bEnglish\b|\b(CSV|XLSX|JSON|API|URL)\b")]
    private static partial Regex OwnNames();

    [GeneratedRegex(@"[A-Za-z]{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G((await|if|foreach|for|while|switch|using|lock)\s*(?=[\w(]))?\w*")]
    private static partial Regex Head();

    [GeneratedRegex(@"\G[?!]?\.\w+(<[\w.]+>)?|\G!(?=[.\[])")]
    private static partial Regex Member();

    [GeneratedRegex(@"\G""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Literal();
}
