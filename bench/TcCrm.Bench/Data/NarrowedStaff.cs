using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;

namespace TcCrm.Bench.Data;

/// <summary>A chain of 2,000 units to which the customers belong in turn, and two users with the same role: one at the head office, one in a region.</summary>
sealed class NarrowedStaff(IServiceProvider services, string tenant)
{
    public const string AtHeadOffice = "bench-head", InRegion = "bench-region";
    const int Regions = 20, Units = 2000;
    const string RoleName = "Bench clerk", Type = "customers.customer";
    readonly CrmDbContext _db = services.GetRequiredService<CrmDbContext>();

    public async Task EmployAsync()
    {
        if (await _db.Roles.AnyAsync(r => r.Name == RoleName)) return;
        var head = await UnitsAsync();
        var role = new CrmRole { Name = RoleName };
        await services.GetRequiredService<RoleManager<CrmRole>>().CreateAsync(role);
        foreach (var right in new[] { RecordRight.View, RecordRight.Edit })
        {
            _db.Add(new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = CrmRole.PermissionClaim, ClaimValue = RecordPermissions.NameOf(right, Type) });
            _db.Add(new RoleReach { RoleId = role.Id, RecordType = Type, Right = right, Kind = ReachKind.UnitAndBelow, Details = "[]" });
        }
        _db.Add(new FieldRule { RoleId = role.Id, RecordType = Type, Field = nameof(Customer.Phone), Level = FieldLevel.Masked });
        foreach (var condition in new[] { $"Source:eq:{CustomerRows.FewSource}", "CreditLimit:ge:990000", "Kind:eq:Dealer" })
            _db.Add(new SharingRule { Name = condition, RecordType = Type, Filters = $"""["{condition}"]""", WithKind = ShareWith.Role, WithId = role.Id });
        await _db.SaveChangesAsync();
        await EmployAsync(AtHeadOffice, head);
        await EmployAsync(InRegion, await _db.Set<Unit>().Where(u => u.ParentId == head).OrderBy(u => u.Name).Select(u => u.Id).FirstAsync());
        services.GetRequiredService<SnapshotCache>().Drop(tenant);
    }

    async Task EmployAsync(string name, Guid unit)
    {
        var user = new CrmUser { UserName = name, Email = name + "@acme.example", EmailConfirmed = true };
        var users = services.GetRequiredService<UserManager<CrmUser>>();
        await users.CreateAsync(user, Visitor.Password);
        await users.AddToRoleAsync(user, RoleName);
        _db.Add(new Assignment { UserId = user.Id, UnitId = unit, Duty = "Clerk" });
        await _db.SaveChangesAsync();
    }

    async Task<Guid> UnitsAsync()
    {
        var head = new Unit { Name = "Head office", Kind = UnitKind.HeadOffice };
        List<Unit> regions = [.. Enumerable.Range(0, Regions).Select(i => new Unit { Name = $"Region {i:00}", Kind = UnitKind.Region, ParentId = head.Id })];
        List<Unit> stores = [.. Enumerable.Range(0, Units - Regions - 1).Select(i => new Unit { Name = $"Store {i:0000}", Kind = UnitKind.Store, ParentId = regions[i % Regions].Id })];
        foreach (var level in new[] { [head], regions, stores })
        {
            _db.AddRange(level);
            await _db.SaveChangesAsync();
        }
        await using var write = await _db.BeginWriteAsync(default);
        await _db.Database.ExecuteSqlRawAsync("CREATE TEMP TABLE place AS SELECT row_number() OVER (ORDER BY id) - 1 AS i, id FROM organisation_unit");
        await _db.Database.ExecuteSqlRawAsync("CREATE UNIQUE INDEX temp.place_i ON place (i)");
        _db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        await _db.Database.ExecuteSqlRawAsync($"UPDATE customers_customer SET unit_id = (SELECT id FROM place WHERE i = customers_customer.rowid % {Units})");
        await write.CommitAsync(default);
        return head.Id;
    }
}
