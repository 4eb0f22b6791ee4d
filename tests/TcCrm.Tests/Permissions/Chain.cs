using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Tests.Permissions;

/// <summary>A tenant with a head office, two regions and three stores, a customer of each named after it, and an administrator "boss".</summary>
public sealed class Chain : IAsyncDisposable
{
    const string Tenant = "acme";

    Chain(TestHost host) => Host = host;

    public TestHost Host { get; }
    public Dictionary<string, Guid> Units { get; } = [];
    public Guid Clerk { get; private set; }
    public Guid Role { get; private set; }

    public static async Task<Chain> StartAsync(string engine = "sqlite")
    {
        var chain = new Chain(await TestHost.StartAsync(engine));
        await chain.Host.CreateTenantAsync(Tenant, "TcCrm.Customers");
        await chain.Host.AddUserAsync(Tenant, "boss");
        await chain.AddUnitAsync("Head office", UnitKind.HeadOffice, null);
        foreach (var region in new[] { "North", "South" }) await chain.AddUnitAsync(region, UnitKind.Region, "Head office");
        foreach (var store in new[] { "North 1", "North 2", "South 1" }) await chain.AddUnitAsync(store, UnitKind.Store, store[..5]);
        return chain;
    }

    /// <summary>Makes the user with a role that has every right on customers and contacts, and puts them to work in the unit.</summary>
    public async Task EmployAsync(string user, string unit)
    {
        Clerk = await Host.AddUserAsync(Tenant, user, "Clerk", [.. new[] { "customers.customer", "customers.contact" }.SelectMany(t => Enum.GetValues<RecordRight>().Select(r => RecordPermissions.NameOf(r, t)))]);
        Role = await Host.InAsync(Tenant, services => services.GetRequiredService<CrmDbContext>().Roles.Where(r => r.Name == "Clerk").Select(r => r.Id).SingleAsync());
        await AddAsync(new Assignment { UserId = Clerk, UnitId = Units[unit], Duty = "Clerk" });
    }

    public Task NarrowAsync(RecordRight right, ReachKind kind, string details = "[]") => InAsync(async db =>
    {
        await db.Set<RoleReach>().Where(r => r.RoleId == Role && r.Right == right).ExecuteDeleteAsync();
        db.Add(new RoleReach { RoleId = Role, RecordType = "customers.customer", Right = right, Kind = kind, Details = details });
    });

    /// <summary>The clerk's role gets a permission more.</summary>
    public Task GrantAsync(string permission) => AddRowAsync(new IdentityRoleClaim<Guid> { RoleId = Role, ClaimType = CrmRole.PermissionClaim, ClaimValue = permission });

    /// <summary>A browser in which the user is signed in, in English; it keeps cookies and follows no redirect.</summary>
    public Task<HttpClient> BrowserAsync(string user, string? unit = null) => Host.BrowserAsync(Tenant, user, unit);

    /// <summary>Names of the customers in the list of the API, in order.</summary>
    public async Task<string[]> SeenByAsync(string user)
    {
        using var client = await Host.ApiClientAsync(Tenant, user);
        using var answer = JsonDocument.Parse(await client.GetStringAsync("api/v1/customers.customer?sort=name"));
        return [.. answer.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];
    }

    public Task<Customer> CustomerAsync(string name) =>
        Host.InAsync(Tenant, services => services.GetRequiredService<CrmDbContext>().Set<Customer>().AsNoTracking().SingleAsync(c => c.Name == name));

    public Task AddAsync(Record record) => AddRowAsync(record);

    public Task AddRowAsync(object row) => InAsync(db =>
    {
        db.Add(row);
        return Task.CompletedTask;
    });

    public Task AddRowsAsync(IEnumerable<object> rows) => InAsync(db =>
    {
        db.AddRange(rows);
        return Task.CompletedTask;
    });

    public async Task<Customer> ChangeAsync(string name, Action<Customer> change)
    {
        Customer changed = null!;
        await InAsync(async db => change(changed = await db.Set<Customer>().SingleAsync(c => c.Name == name)));
        return changed;
    }

    /// <summary>Refused where it would close a circle.</summary>
    public Task<SaveOutcome> MoveAsync(string unit, string below) => Host.InAsync(Tenant, async services =>
        (await services.GetRequiredService<RecordStore>().UpdateAsync(services.GetRequiredService<CrmDbContext>().Snapshot.RecordTypes["organisation.unit"], Units[unit], null,
            new Dictionary<string, string?> { ["ParentId"] = Units[below].ToString() }, default)).Outcome);

    async Task AddUnitAsync(string name, UnitKind kind, string? above)
    {
        var unit = new Unit { Name = name, Kind = kind, ParentId = above is null ? null : Units[above] };
        Units.Add(name, unit.Id);
        await InAsync(db =>
        {
            db.AddRange(unit, new Customer { Name = name, UnitId = unit.Id });
            return Task.CompletedTask;
        });
    }

    async Task InAsync(Func<CrmDbContext, Task> work)
    {
        await Host.InAsync(Tenant, async services =>
        {
            var db = services.GetRequiredService<CrmDbContext>();
            await work(db);
            await db.SaveChangesAsync();
        });
        Host.Services.GetRequiredService<SnapshotCache>().Drop(Tenant);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
