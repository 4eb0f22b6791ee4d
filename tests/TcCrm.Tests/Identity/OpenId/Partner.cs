using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using TcCrm.Platform.Identity.OpenId;

namespace TcCrm.Tests.Identity.OpenId;

/// <summary>An application that signs users in at a tenant, speaking plain HTTP.</summary>
public sealed class Partner(TestHost host, string tenant, OpenIdApplication application, string? secret)
{
    public const string Address = "https://partner.example/back";
    public static readonly string Verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    readonly HttpClient _http = Client(host);

    public string Id => application.ClientId!;
    public string? Secret { get; set; } = secret;
    public Guid Key => application.Id;

    public static async Task<Partner> RegisterAsync(TestHost host, string tenant, string name = "Partner", Action<ApplicationForm>? change = null)
    {
        var form = new ApplicationForm { Name = name, RedirectAddresses = Address, MayStay = true, Scopes = ["profile", "roles", "View_customers.customer"] };
        change?.Invoke(form);
        var (application, secret, problems) = await host.InAsync(tenant, s => s.GetRequiredService<Applications>().CreateAsync(form, default));
        Assert.Empty(problems);
        return new(host, tenant, application, secret);
    }

    public static HttpClient Client(TestHost host, bool keepsCookies = false) =>
        host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = keepsCookies, BaseAddress = new("https://localhost") });

    public string Ask(string redirect = Address, string scope = "openid profile offline_access View_customers.customer", string more = "") =>
        $"/t/{tenant}/connect/authorize?response_type=code&client_id={Id}&redirect_uri={Uri.EscapeDataString(redirect)}&scope={Uri.EscapeDataString(scope)}&state=s1&nonce=n1"
        + $"&code_challenge={Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)))}&code_challenge_method=S256{more}";

    /// <summary>The user agrees, or has done so before.</summary>
    public async Task<string> CodeAsync(Visitor user, string? ask = null)
    {
        var answer = await user.GetAsync(ask ?? Ask());
        if (answer.StatusCode == HttpStatusCode.OK) answer = await DecideAsync(user, answer, ask ?? Ask(), "allow");
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString();
    }

    /// <summary>Sends the form of the page as a browser does.</summary>
    public static async Task<HttpResponseMessage> DecideAsync(Visitor user, HttpResponseMessage page, string asked, string decision) =>
        await user.PostWithAsync(await Visitor.TokenOfAsync(page), asked.Split('?')[0], QueryHelpers.ParseQuery(asked.Split('?')[1]).Select(p => (p.Key, p.Value.ToString())).Append(("decision", decision)));

    public Task<Answer> RedeemAsync(string code, string? verifier = null) =>
        TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Address), ("code_verifier", verifier ?? Verifier));

    public Task<Answer> RefreshAsync(string token) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    public Task<Answer> TokenAsync(params (string Name, string Value)[] fields) => PostAsync("token", fields);

    public async Task<Answer> PostAsync(string endpoint, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("client_id", Id)).Concat(Secret is { } secret ? [("client_secret", secret)] : []);
        var answer = await _http.PostAsync($"/t/{tenant}/connect/{endpoint}", new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        return new(answer.StatusCode, answer.Content.Headers.ContentLength == 0 ? default : await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>What the API says to a token.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> CallAsync(TestHost host, string? token, string path)
    {
        var http = Client(host);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var answer = await http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public sealed record Answer(HttpStatusCode Status, JsonElement Json)
    {
        public string? this[string name] => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value.ToString() : null;
    }
}
