using System.Text.Json;
using System.Text.RegularExpressions;
using TcCrm.Bench.Data;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>A way to look at the list of customers.</summary>
/// <param name="Query">The query, without <c>?</c>.</param>
/// <param name="Bound">What the large tenant may cost in milliseconds; null asks for the ratio to the small one instead.</param>
/// <param name="Follow">Times that <c>next</c> is followed first.</param>
/// <param name="IsExtra">Besides what is promised: a fifth of the requests is enough.</param>
sealed record ListCase(string Title, string Query, double? Bound = null, int Follow = 0, bool IsExtra = false)
{
    public const double MostRatio = 1.3;

    public static readonly ListCase[] All =
    [
        new("default view", ""),
        new("sorted by name", "sort=Name"),
        new("sorted by birthday, falling (two thirds empty)", "sort=-Birthday"),
        new("after `next` 1,000 times", "", Follow: 1000),
        new("after `next` 1,000 times, sorted by name", "sort=Name", Follow: 1000),
        new("filter that matches 25", $"filter=Source:eq:{CustomerRows.FewSource}"),
        new("filter that matches half, sorted by name", "filter=Language:eq:English&sort=Name", Bound: 10),
        new("filter that matches half, sorted by birthday", "filter=Language:eq:English&sort=Birthday", Bound: 10, IsExtra: true),
        new("filter that matches half, newest first", "filter=Language:eq:English", Bound: 10, IsExtra: true),
        new("filter of a third, sorted by what none of them has", "filter=Kind:eq:Person&sort=CreditCode", Bound: 10, IsExtra: true),
        new("filter of an amount, sorted by name", "filter=CreditLimit:gt:500000&sort=Name", Bound: 10, IsExtra: true),
        new("filter that matches 1 %, sorted by name", "filter=CreditLimit:ge:980000&sort=Name", Bound: 10, IsExtra: true),
        new("filter by a common tag, newest first", "filter=Tags:has:%E9%87%8D%E7%82%B9", Bound: 10, IsExtra: true),
        new("filter by a common tag, sorted by name", "filter=Tags:has:%E9%87%8D%E7%82%B9&sort=Name", Bound: 10, IsExtra: true),
        new("search for two common words", "q=%E6%9D%AD%E5%B7%9E%20%E8%B4%B8%E6%98%93", Bound: 10, IsExtra: true),
        new("search that finds nothing", "q=qqxxzz", Bound: 10),
        new("search that finds nothing though every character is common", "q=%E5%8F%B8%E6%9C%89", Bound: 10, IsExtra: true),
    ];
}

/// <summary>One of the two doors to a list.</summary>
sealed partial record ListDoor(Visitor Visitor, bool IsPage, string Type = "customers.customer")
{
    public string Header => IsPage ? "Cookie" : "Authorization";
    public string HeaderValue => IsPage ? Visitor.Cookie : "Bearer " + Visitor.ApiKey;

    public string Start => IsPage ? $"t/{Visitor.Tenant}/{Type.Replace('.', '/')}?" : $"t/{Visitor.Tenant}/api/v1/{Type}?size=25&";

    public async Task<string> UrlAsync(ListCase list, int rows, ServerProcess server, HttpClient client)
    {
        var url = Start + list.Query;
        for (var i = 0; i < Math.Min(list.Follow, (rows / 25) - 2); i++) url = Next(await client.TextAsync(new(server.Address, url), Header, HeaderValue), list);
        return url;
    }

    string Next(string body, ListCase list)
    {
        if (IsPage) return System.Net.WebUtility.HtmlDecode(NextLink().Match(body).Groups["href"].Value).TrimStart('/');
        using var json = JsonDocument.Parse(body);
        return $"{Start}{list.Query}&after={json.RootElement.GetProperty("next").GetString()}";
    }

    [GeneratedRegex("""<a[^>]*href="(?<href>[^"]*)"[^>]*rel="next"|<a[^>]*rel="next"[^>]*href="(?<href>[^"]*)["]""")]
    private static partial Regex NextLink();
}

static class Asking
{
    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public static async Task<string> TextAsync(this HttpClient client, Uri url, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode == 200 ? text : throw new InvalidOperationException($"{url} answers {(int)answer.StatusCode}.");
    }
}
