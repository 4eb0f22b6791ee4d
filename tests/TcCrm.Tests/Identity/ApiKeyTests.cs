using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class ApiKeyTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_key_acts_for_its_user_until_it_is_revoked_or_expires(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        var key = await host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().CreateAsync(new("clerk", "till", 30), default));

        var me = await Client(host, key.ToString()).GetFromJsonAsync<Me>("/t/acme/api/v1/me");
        Assert.Equal(("clerk", "Staff"), (me?.Name, me?.Roles.Single()));
        Assert.NotNull(await host.InAsync("acme", s => s.GetRequiredService<CrmDbContext>().Set<ApiKey>().Select(k => k.LastUsedAt).SingleAsync()));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, (key with { Secret = ApiKeyToken.NewSecret() }).ToString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "tccrm_nonsense"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key.ToString()));
        await host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().RevokeAsync(key.Id, default));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, key.ToString()));

        var old = new ApiKeyToken(Guid.CreateVersion7(), ApiKeyToken.NewSecret());
        var expired = await host.InAsync("acme", async s =>
        {
            var db = s.GetRequiredService<CrmDbContext>();
            var user = await db.Users.SingleAsync(u => u.UserName == "clerk");
            var row = new ApiKey { UserId = user.Id, Name = "old", SecretHash = ApiKeyToken.HashOf(old.Secret), ExpiresAt = DateTime.UnixEpoch };
            db.Add(row);
            await db.SaveChangesAsync();
            return old with { Id = row.Id };
        });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, expired.ToString()));
    }

    [Fact]
    public async Task A_disabled_users_key_opens_nothing()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var key = await host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().CreateAsync(new("clerk", "till", null), default));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, key.ToString()));

        await host.UserAsync("acme", "clerk", (s, user) =>
        {
            user.IsEnabled = false;
            return s.GetRequiredService<UserAccounts>().SaveAsync(user, ["Staff"], default);
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, key.ToString()));
    }

    [Fact]
    public async Task A_cookie_writes_through_the_API_only_with_the_form_token_a_key_without()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");
        var token = await chief.TokenAsync("/t/acme/account");
        var key = await host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().CreateAsync(new("chief", "till", null), default));
        var nothing = $"/t/acme/api/v1/customers.customer/{Guid.CreateVersion7()}";

        Assert.Equal(HttpStatusCode.BadRequest, (await chief.Http.DeleteAsync(nothing)).StatusCode);
        chief.Http.DefaultRequestHeaders.Add("RequestVerificationToken", token);
        Assert.Equal(HttpStatusCode.NotFound, (await chief.Http.DeleteAsync(nothing)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client(host, key.ToString()).DeleteAsync(nothing)).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_the_secret_once_and_gives_no_more_rights_than_its_user_has()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateCompanyAsync("acme");
        var chief = await host.SignedInAsync("acme", "chief");

        await chief.PostAsync("/t/acme/api-keys", [("Name", "till"), ("UserName", "clerk"), ("Days", "30")]);
        Assert.Contains("tccrm_", await chief.ReadAsync("/t/acme/api-keys"), StringComparison.Ordinal);
        Assert.DoesNotContain("tccrm_", await chief.ReadAsync("/t/acme/api-keys"), StringComparison.Ordinal);

        await host.InAsync("acme", async s => await s.GetRequiredService<RoleAccounts>().SaveAsync(new() { Name = "Keys" }, ["ManageApiKeys"], ["ManageApiKeys"], default));
        await host.InAsync("acme", s => s.AddUserAsync("keeper", "Keys"));
        var keeper = await host.SignedInAsync("acme", "keeper");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await keeper.PostAsync("/t/acme/api-keys", [("Name", "mine"), ("UserName", "chief")])).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await keeper.PostAsync("/t/acme/api-keys", [("Name", "mine"), ("UserName", "keeper")])).StatusCode);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_key_with_chosen_rights_has_those_of_them_that_its_user_has(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateCompanyAsync("acme");
        const string view = "View_customers.customer", create = "Create_customers.customer";
        var chief = await host.SignedInAsync("acme", "chief");
        await GrantAsync(chief, host, view, create);
        ApiKeyWish wish = new("chief", "reader", 30, [view]);
        var (reader, writer) = (await CreateAsync(host, wish), await CreateAsync(host, wish with { UserName = "clerk", Permissions = [create] }));

        Assert.Equal(HttpStatusCode.OK, await CustomersAsync(host, reader));
        Assert.Equal(HttpStatusCode.Forbidden, await CreateCustomerAsync(host, reader));
        Assert.Equal(HttpStatusCode.Created, await CreateCustomerAsync(host, writer));
        Assert.Equal(HttpStatusCode.OK, await CustomersAsync(host, writer)); // to create implies to see

        foreach (var refused in (IReadOnlyCollection<string>[])[[], ["Fly_to.moon"], ["Delete_customers.customer"]])
            await Assert.ThrowsAsync<BusinessRuleException>(() => CreateAsync(host, wish with { UserName = "clerk", Permissions = refused }));

        await GrantAsync(chief, host, view);
        Assert.Equal(HttpStatusCode.Forbidden, await CreateCustomerAsync(host, writer));
    }

    static Task<ApiKeyToken> CreateAsync(TestHost host, ApiKeyWish wish) => host.InAsync("acme", s => s.GetRequiredService<ApiKeys>().CreateAsync(wish, default));

    static async Task GrantAsync(Visitor chief, TestHost host, params string[] granted)
    {
        var staff = await host.InAsync("acme", async s => (await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync("Staff"))!.Id);
        Assert.Equal(HttpStatusCode.Found, (await chief.PostAsync($"/t/acme/roles/{staff}", [("Name", "Staff"), .. granted.Select(g => ("Granted", g))])).StatusCode);
    }

    static async Task<HttpStatusCode> CustomersAsync(TestHost host, ApiKeyToken key) => (await Client(host, key.ToString()).GetAsync("/t/acme/api/v1/customers.customer")).StatusCode;

    static async Task<HttpStatusCode> CreateCustomerAsync(TestHost host, ApiKeyToken key) => (await Client(host, key.ToString()).PostAsJsonAsync("/t/acme/api/v1/customers.customer", new { name = "Harbour Tools" })).StatusCode;

    static HttpClient Client(TestHost host, string key)
    {
        var http = host.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    static async Task<HttpStatusCode> StatusAsync(TestHost host, string key) => (await Client(host, key).GetAsync("/t/acme/api/v1/me")).StatusCode;
}
