using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Permissions;

/// <summary>A chain with a head office, two regions and three stores; each store has a customer. What a clerk sees is asked at every door.</summary>
public sealed class ReachTests
{
    static readonly string[] Rights = ["View", "Create", "Edit", "Delete", "Export", "Import"];
    static readonly string[] All = ["Head office", "North", "South", "North 1", "North 2", "South 1"];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Reaches_as_far_as_the_role_says(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        await chain.EmployAsync("clerk", "North");
        Assert.Equal(All.Order(), await chain.SeenByAsync("clerk"));

        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        Assert.Equal(["North"], await chain.SeenByAsync("clerk"));

        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        Assert.Equal(["North", "North 1", "North 2"], await chain.SeenByAsync("clerk"));

        await chain.NarrowAsync(RecordRight.View, ReachKind.ChosenUnits, JsonSerializer.Serialize(new[] { chain.Units["South"] }));
        Assert.Equal(["South", "South 1"], await chain.SeenByAsync("clerk"));

        await chain.NarrowAsync(RecordRight.View, ReachKind.Matching, """["Name:starts:South"]""");
        Assert.Equal(["South", "South 1"], await chain.SeenByAsync("clerk"));

        await chain.NarrowAsync(RecordRight.View, ReachKind.Own);
        Assert.Empty(await chain.SeenByAsync("clerk"));
        await chain.ChangeAsync("North 2", c => c.OwnerId = chain.Clerk);
        Assert.Equal(["North 2"], await chain.SeenByAsync("clerk"));
    }

    [Fact]
    public async Task What_is_out_of_reach_is_not_there_whatever_the_door()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        var (near, far) = (await chain.CustomerAsync("North 1"), await chain.CustomerAsync("South 1"));
        var page = await chain.Host.ClientAsync("acme", "clerk");
        var api = await chain.Host.ApiClientAsync("acme", "clerk");
        foreach (var (id, expected) in new[] { (near.Id, HttpStatusCode.OK), (far.Id, HttpStatusCode.NotFound) })
        {
            Assert.Equal(expected, (await page.GetAsync($"customers/customer/{id}")).StatusCode);
            Assert.Equal(expected, (await page.GetAsync($"customers/customer/{id}/edit")).StatusCode);
            Assert.Equal(expected, (await api.GetAsync($"api/v1/customers.customer/{id}")).StatusCode);
            Assert.Equal(expected, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{id}", new { remark = "x" })).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"api/v1/customers.customer/{far.Number}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.DeleteAsync($"api/v1/customers.customer/{far.Id}")).StatusCode);
        foreach (var address in new[] { "customers/customer", "customers/customer?q=South", "customers/customer/export?format=csv", "api/v1/customers.customer?filter=name:starts:South", "palette?q=South", $"customers/customer/bin", "" })
        {
            var answer = await page.GetStringAsync(address);
            Assert.False(answer.Contains("South 1", StringComparison.Ordinal), $"{address} tells of a customer out of reach");
        }
        var mine = await chain.Host.ClientAsync("acme", "boss");
        Assert.Contains("South 1", await mine.GetStringAsync("customers/customer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sees_what_may_not_be_changed()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.Edit, ReachKind.Unit);
        var api = await chain.Host.ApiClientAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{(await chain.CustomerAsync("North")).Id}", new { remark = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{(await chain.CustomerAsync("North 1")).Id}", new { remark = "x" })).StatusCode);
        Assert.Equal("", (await chain.CustomerAsync("North 1")).Remark);
    }

    [Fact]
    public async Task A_part_is_seen_with_its_whole_only()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.UnitAndBelow);
        foreach (var unit in All) await chain.AddAsync(new Contact { CustomerId = (await chain.CustomerAsync(unit)).Id, Name = "Contact of " + unit });
        var api = await chain.Host.ApiClientAsync("acme", "clerk");
        var seen = await api.GetFromJsonAsync<JsonElement>("api/v1/customers.contact?sort=name");
        Assert.Equal(["Contact of North", "Contact of North 1", "Contact of North 2"], seen.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Sharing_opens_more_and_never_without_the_permission()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.NarrowAsync(RecordRight.View, ReachKind.Unit);
        await chain.NarrowAsync(RecordRight.Edit, ReachKind.Unit);
        await chain.AddRowAsync(new SharingRule { Name = "South for the north", RecordType = "customers.customer", Filters = """["Name:eq:South"]""", WithKind = ShareWith.Unit, WithId = chain.Units["North"] });
        Assert.Equal(["North", "South"], await chain.SeenByAsync("clerk"));
        await chain.AddRowAsync(new RecordShare { RecordId = (await chain.CustomerAsync("South 1")).Id, RecordType = "customers.customer", WithKind = ShareWith.User, WithId = chain.Clerk, MayEdit = true });
        Assert.Equal(["North", "South", "South 1"], await chain.SeenByAsync("clerk"));
        var api = await chain.Host.ApiClientAsync("acme", "clerk");
        Assert.Equal(HttpStatusCode.Forbidden, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{(await chain.CustomerAsync("South")).Id}", new { remark = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{(await chain.CustomerAsync("South 1")).Id}", new { remark = "x" })).StatusCode);
        await chain.Host.AddUserAsync("acme", "guest", "Guest");
        Assert.Equal(HttpStatusCode.NotFound, (await (await chain.Host.ApiClientAsync("acme", "guest")).GetAsync("api/v1/customers.customer")).StatusCode);
    }

    [Fact]
    public async Task Fields_are_hidden_masked_or_read_only_at_every_door()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        var customer = await chain.ChangeAsync("North", c => (c.Phone, c.CreditLimit, c.Remark) = ("+8613800138000", Money.Of(77_123m, "CNY"), "quiet"));
        foreach (var (field, level) in new[] { ("Phone", FieldLevel.Masked), ("CreditLimit", FieldLevel.Hidden), ("Remark", FieldLevel.ReadOnly) })
            await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = field, Level = level });
        var page = await chain.Host.ClientAsync("acme", "clerk");
        var api = await chain.Host.ApiClientAsync("acme", "clerk");
        foreach (var address in new[] { "customers/customer", $"customers/customer/{customer.Id}", $"customers/customer/{customer.Id}/edit", "customers/customer/export?format=csv", $"api/v1/customers.customer/{customer.Id}", "api/v1/customers.customer" })
        {
            var answer = await page.GetStringAsync(address);
            Assert.False(answer.Contains("13800138000", StringComparison.Ordinal) || answer.Contains("138 0013 8000", StringComparison.Ordinal), $"{address} tells the phone number");
            Assert.False(answer.Contains("77123", StringComparison.Ordinal) || answer.Contains("77,123", StringComparison.Ordinal), $"{address} tells the credit limit");
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("api/v1/customers.customer?filter=creditLimit:gt:1")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("api/v1/customers.customer?sort=phone")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.GetAsync("api/v1/customers.customer?filter=phone:starts:138")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { remark = "loud" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { creditLimit = "1 CNY" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsJsonAsync($"api/v1/customers.customer/{customer.Id}", new { city = "杭州" })).StatusCode);
        var kept = await chain.CustomerAsync("North");
        Assert.Equal(("+8613800138000", 77_123m, "quiet"), (kept.Phone, kept.CreditLimit!.Amount, kept.Remark));
    }

    [Fact]
    public async Task Search_finds_nothing_by_what_may_not_be_read()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        await chain.ChangeAsync("North", c => (c.Phone, c.CreditCode) = ("+8613800138000", "91350100M000100Y43"));
        foreach (var (field, level) in new[] { ("Phone", FieldLevel.Masked), ("CreditCode", FieldLevel.Hidden) })
            await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = field, Level = level });
        foreach (var (words, count) in new[] { ("North", 3), ("13800138000", 1), ("138 0013 8000", 1), ("138001", 0), ("8000", 0), ("91350100M000100Y43", 0), ("9135", 0) })
        {
            var page = await (await chain.Host.ClientAsync("acme", "clerk")).GetStringAsync($"customers/customer?q={Uri.EscapeDataString(words)}");
            var counted = await (await chain.Host.ClientAsync("acme", "clerk")).GetStringAsync($"customers/customer?handler=Count&q={Uri.EscapeDataString(words)}");
            Assert.True((count > 0) == page.Contains(">North<", StringComparison.Ordinal), words);
            Assert.True(counted.Contains($"{count}", StringComparison.Ordinal), $"{words}: {counted}");
        }
    }

    [Fact]
    public async Task A_masked_value_is_told_to_whom_may_ask_and_that_is_noted()
    {
        await using var chain = await Chain.StartAsync();
        await chain.EmployAsync("clerk", "North");
        var customer = await chain.ChangeAsync("North", c => (c.Phone, c.IdentityCard) = ("+8613800138000", "11010519491231002X"));
        foreach (var (field, level) in new[] { ("Phone", FieldLevel.Masked), ("IdentityCard", FieldLevel.Hidden) })
            await chain.AddRowAsync(new FieldRule { RoleId = chain.Role, RecordType = "customers.customer", Field = field, Level = level });
        var browser = Visitor.At(chain.Host);
        await browser.SignInAsync("acme", "clerk", TestUsers.Password);
        var told = await browser.PostAsync($"/t/acme/customers/customer/{customer.Id}?handler=Reveal", [("field", "Phone")]);
        Assert.Equal("138 0013 8000", await told.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/t/acme/customers/customer/{customer.Id}?handler=Reveal", [("field", "IdentityCard")])).StatusCode);
        await chain.NarrowAsync(RecordRight.Reveal, ReachKind.Own);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/t/acme/customers/customer/{customer.Id}?handler=Reveal", [("field", "Phone")])).StatusCode);
        var noted = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Platform.Audit.AuditEntry>().SingleAsync(a => a.Action == "Revealed"));
        Assert.Equal((customer.Id, chain.Clerk), (noted.RecordId, noted.UserId));
        Assert.Contains("Phone", noted.Details, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Parallel_moves_never_close_a_circle(string engine)
    {
        await using var chain = await Chain.StartAsync(engine);
        for (var round = 0; round < 10; round++)
        {
            await Task.WhenAll(Task.Run(() => chain.MoveAsync("North", "South")), Task.Run(() => chain.MoveAsync("South", "North")));
            var tops = await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Unit>().CountAsync(u => u.ParentId == null));
            Assert.Equal(1, tops);
            await chain.MoveAsync("North", "Head office");
            await chain.MoveAsync("South", "Head office");
            Assert.Equal(6, await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<UnitBelow>().CountAsync(b => b.AncestorId == chain.Units["Head office"])));
        }
    }

    [Fact]
    public async Task Moves_of_one_save_close_no_circle_either()
    {
        await using var chain = await Chain.StartAsync();
        var (north, south) = (chain.Units["North"], chain.Units["South"]);
        var refused = await Assert.ThrowsAsync<RecordRejectedException>(() => chain.Host.InAsync("acme", async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            foreach (var unit in await db.Set<Unit>().Where(u => u.Id == north || u.Id == south).ToListAsync()) unit.ParentId = unit.Id == north ? south : north;
            await db.SaveChangesAsync();
        }));

        Assert.Contains(refused.Problems, p => p.Problem.Key.StartsWith("A unit cannot stand below itself", StringComparison.Ordinal));
        Assert.Equal(1, await chain.Host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Unit>().CountAsync(u => u.ParentId == null)));
    }
}
