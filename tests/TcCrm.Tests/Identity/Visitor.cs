using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace TcCrm.Tests.Identity;

/// <summary>Somebody at a browser: keeps cookies, fills in the forms of pages, follows nothing by itself.</summary>
public sealed partial class Visitor(HttpClient http)
{
    public HttpClient Http => http;

    public static Visitor At(TestHost host) => new(host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    public async Task<string> ReadAsync(string path) => WebUtility.HtmlDecode(await (await http.GetAsync(path)).Content.ReadAsStringAsync());

    public async Task<HttpStatusCode> StatusAsync(string path) => (await http.GetAsync(path)).StatusCode;

    /// <summary>Takes the token from the page that the form stands on and posts.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, IEnumerable<(string Name, string Value)> fields, string? to = null) =>
        await PostWithAsync(await TokenAsync(page), to ?? page, fields);

    public Task<HttpResponseMessage> PostWithAsync(string token, string to, IEnumerable<(string Name, string Value)> fields) =>
        http.PostAsync(to, new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));

    public async Task<string> TokenAsync(string page) => await TokenOfAsync(await http.GetAsync(page));

    public static async Task<string> TokenOfAsync(HttpResponseMessage page) => Token().Match(await page.Content.ReadAsStringAsync()) is { Success: true } match
        ? match.Groups[1].Value : throw new InvalidOperationException($"No form on {page.RequestMessage?.RequestUri}, which answers {page.StatusCode}");

    public Task<HttpResponseMessage> SignInAsync(string tenant, string name, string password) =>
        PostAsync($"/t/{tenant}/sign-in", [("Name", name), ("Password", password)]);

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
