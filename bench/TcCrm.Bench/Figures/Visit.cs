using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using TcCrm.Bench.Data;
using TcCrm.Bench.Running;

namespace TcCrm.Bench.Figures;

/// <summary>One person's short visit to a tenant: sign-in, a list, a save, a search.</summary>
sealed partial class Visit(ServerProcess server, HttpClient client, Visitor visitor)
{
    string Door => $"t/{visitor.Tenant}/";

    public async Task MakeAsync()
    {
        var cookie = await SignInAsync();
        await client.TextAsync(new(server.Address, Door + "customers/customer"), "Cookie", cookie);
        await SaveAsync();
        await client.TextAsync(new(server.Address, Door + "customers/customer?q=acme"), "Cookie", cookie);
    }

    async Task<string> SignInAsync()
    {
        using var form = await client.GetAsync(new Uri(server.Address, Door + "sign-in"));
        var token = Token().Match(await form.Content.ReadAsStringAsync()).Groups["token"].Value;
        var cookies = string.Join("; ", CookiesOf(form));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, Door + "sign-in"))
        {
            Content = new FormUrlEncodedContent([new("Name", Visitor.Name), new("Password", Visitor.Password), new("__RequestVerificationToken", token)]),
        };
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode == 302 ? string.Join("; ", CookiesOf(answer)) : throw new InvalidOperationException($"Signing in at {visitor.Tenant} answers {(int)answer.StatusCode}.");
    }

    async Task SaveAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, Door + "api/v1/customers.customer"))
        {
            Content = JsonContent.Create(new { name = string.Create(CultureInfo.InvariantCulture, $"Acme of {visitor.Tenant}"), phone = "010-00000000", tags = new[] { "bench" } }),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + visitor.ApiKey);
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode != 201) throw new InvalidOperationException($"Saving at {visitor.Tenant} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(c => c.Split(';')[0]) : [];

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]*)["]""")]
    private static partial Regex Token();
}
