using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Permissions;
using TcCrm.Tests.Identity;
using TcCrm.Tests.Permissions;

namespace TcCrm.Tests.Privacy;

/// <summary>A masked number at the doors where an answer is made from what was saved or typed: refused forms, conflicts, problems, imports, searches.</summary>
public sealed class MaskedValuesTests
{
    static readonly string[] Raw = ["13957182649", "139 5718 2649", "11010519491231002X", "19491231"];

    [Fact]
    public async Task No_refusal_and_no_conflict_tells_a_masked_number()
    {
        await using var chain = await Chain.StartAsync();
        var customer = await MaskedAsync(chain);
        var (api, page) = (await chain.Host.ApiClientAsync("acme", "clerk"), $"/t/acme/customers/customer/{customer.Id}");
        var browser = Visitor.At(chain.Host);
        await browser.SignInAsync("acme", "clerk", TestUsers.Password);
        var told = new Dictionary<string, string>
        {
            ["a refused form"] = await TextAsync(browser.PostAsync(page + "/edit", [("Name", ""), ("version", $"{customer.Version}")])),
            ["a conflict"] = await TextAsync(browser.PostAsync(page + "/edit", [("Name", "Other"), ("version", "0")])),
            ["a stale write"] = await TextAsync(PatchAsync(api, customer.Id, new { name = "Other" }, "\"0\"")),
            ["a refused write"] = await TextAsync(api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { name = "" })),
            ["a write to the field"] = await TextAsync(api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { phone = "1" })),
            ["a saved write"] = await TextAsync(api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { city = "杭州" })),
            ["several writes"] = await TextAsync(api.PostAsJsonAsync("api/v1/customers.customer/bulk", new { mode = "each", items = new[] { new { id = customer.Id, city = "宁波" } } })),
            ["a query"] = await TextAsync(api.PostAsJsonAsync("api/v1/customers.customer/query", new { filters = new[] { new { field = "phone", op = "eq", value = "13957182640" } } })),
            ["the description"] = await api.GetStringAsync("api/v1/openapi.json"),
            ["the page to try it"] = await TextAsync(browser.GetAsync("/t/acme/api/docs")),
            ["the history"] = await TextAsync(browser.GetAsync(page + "?handler=History")),
            ["the page about the person"] = await TextAsync(browser.GetAsync(page + "/personal-data")),
            ["the palette"] = await TextAsync(browser.GetAsync("/t/acme/palette?q=North")),
            ["the palette by the number"] = await AskedAsync(browser, "/t/acme/palette?q=13957182649"),
            ["a hit by the number"] = await AskedAsync(browser, "/t/acme/customers/customer?q=13957182649"),
            ["a hit by its end"] = await TextAsync(browser.GetAsync("/t/acme/customers/customer?q=2649")),
            ["an export"] = await TextAsync(browser.PostAsync("/t/acme/customers/customer", [], "/t/acme/customers/customer/export")),
            ["rows left out"] = await LeftOutAsync(chain),
            ["an option"] = await TextAsync(browser.GetAsync("/t/acme/options/customers.contact/CustomerId?q=North")),
        };
        foreach (var (where, answer) in told) Assert.All(Raw, raw => Assert.False(answer.Contains(raw, StringComparison.Ordinal), $"{where} tells {raw}"));
        foreach (var where in new[] { "the palette", "the palette by the number", "a hit by the number", "rows left out" }) Assert.Contains("North", told[where], StringComparison.Ordinal);
        Assert.Contains("North", told["an option"], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_masked_number_is_found_by_whoever_knows_all_of_it_and_not_by_a_part(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await MaskedAsync(chain);
        var clerk = await chain.Host.ClientAsync("acme", "clerk");
        foreach (var (words, isFound) in new[] { ("139 5718-2649", true), ("０１３９", false), ("008613957182649", true), ("110105 19491231 002x", true), ("2649", false), ("002X", false), ("1395718", false), ("110105", false) })
            Assert.True(await FindsAsync(clerk, words) == isFound, words);
    }

    /// <summary>What was asked for may be repeated as it was typed.</summary>
    static async Task<string> AskedAsync(Visitor browser, string address) => (await TextAsync(browser.GetAsync(address))).Replace("13957182649", "", StringComparison.Ordinal);

    /// <summary>The file has been brought in by the clerk while they could still see such numbers.</summary>
    static Task<string> LeftOutAsync(Chain chain) => chain.Host.InAsync("acme", async services =>
    {
        var (db, workshop, me) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<ImportWorkshop>(), services.GetRequiredService<CurrentUser>());
        var user = await services.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync("clerk");
        me.RunAs(await services.GetRequiredService<SignInManager<CrmUser>>().CreateUserPrincipalAsync(user!));
        var csv = new MemoryStream(Encoding.UTF8.GetBytes("名称,手机,身份证号\nNorth,13957182649,11010519491231002X\n"));
        var import = await workshop.BeginAsync(services.GetRequiredService<Access>().TypeOf("customers.customer")!, "people.csv", csv, default);
        db.Add(new ImportFinding { ImportId = import.Id, Line = 2, Header = "手机", Key = "There is already a record with the value '{0}'.", Args = """["13957182649"]""", Cells = """["North","13957182649","11010519491231002X"]""" });
        await db.SaveChangesAsync();
        using var file = new MemoryStream();
        await workshop.WriteErrorsAsync((await workshop.OpenAsync(import.Id, default))!.Import, file, default);
        return Encoding.UTF8.GetString(file.ToArray());
    });

    static async Task<Customer> MaskedAsync(Chain chain)
    {
        await chain.EmployAsync("clerk", "North");
        var customer = await chain.ChangeAsync("North", c => (c.Phone, c.IdentityCard) = ("+8613957182649", "11010519491231002X"));
        foreach (var field in new[] { "Phone", "IdentityCard" })
            await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = field, Level = FieldLevel.Masked });
        return customer;
    }

    static async Task<bool> FindsAsync(HttpClient client, string words) =>
        (await client.GetStringAsync($"customers/customer?q={Uri.EscapeDataString(words)}")).Contains(">North<", StringComparison.Ordinal);

    static async Task<HttpResponseMessage> PatchAsync(HttpClient api, Guid id, object body, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"api/v1/customers.customer/{id}") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        var answer = await api.SendAsync(request);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        return answer;
    }

    static async Task<string> TextAsync(Task<HttpResponseMessage> answer) => WebUtility.HtmlDecode(await (await answer).Content.ReadAsStringAsync());
}
