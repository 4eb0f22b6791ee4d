using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Privacy.Erasing;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Tenants.Backups;
using TcCrm.Platform.Views;
using TcCrm.Tests.Api;

namespace TcCrm.Tests.Privacy;

/// <summary>Somebody comes in by every door, is erased, and then looked for in the bytes of everything that is kept.</summary>
public sealed class ErasePersonTests
{
    const string Name = "Zyxqvarn", OldName = "Wyxqvorn", Contact = "Vyxqvern", Phone = "13957182649", SecondPhone = "13957182658", Email = "zyxqvarn@kwphq.example", Card = "11010519491231002X";
    static readonly string[] Marks = [Name, OldName, Contact, Phone, "139 5718 2649", SecondPhone, Email, Card];

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Nothing_of_an_erased_person_is_left_in_any_byte_and_the_log_is_still_proven(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        var person = await EnterAsync(host);
        await host.InAsync("acme", services => LeaveTracesAsync(services, person));
        await SealAsync(host);
        Assert.NotEmpty(await Traces.FindAsync(host, "acme", Marks));

        Assert.Equal(ErasureMode.Removed, await EraseAsync(host, person));
        await host.InAsync("acme", services => services.GetRequiredService<OverwriteErased>().ExecuteAsync(default));

        Assert.Empty(await Traces.FindAsync(host, "acme", Marks));
        await SealAsync(host);
        var verdict = await host.InAsync("acme", services => services.GetRequiredService<VerifyAudit>().ExecuteAsync(null, default));
        Assert.True(verdict.IsSound, verdict.Problem?.Key);
        Assert.Equal(["Bystander"], await host.InAsync("acme", services => services.GetRequiredService<CrmDbContext>().Set<Customer>().Select(c => c.Name).ToListAsync()));
        Assert.Equal(1, await host.InAsync("acme", async services => (await Customers(services).ListAsync(Db(services), RecordQuery.All with { Search = "Bystander" }, default)).Items.Count));
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task An_older_backup_does_not_bring_somebody_back(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        var person = await EnterAsync(host);
        using var archive = new MemoryStream();
        await host.Services.GetRequiredService<BackUpTenant>().ExecuteAsync("acme", archive, default);
        await EraseAsync(host, person);
        Assert.Equal(2, (await ListedAsync(host)).Count);
        await host.Services.GetRequiredService<HostDatabase>().ExecuteAsync("DELETE FROM erased_record", [], default); // as if the host's own database had been brought back from an older copy

        foreach (var (name, replace) in new[] { ("acme", true), ("second", false) })
        {
            await host.Services.GetRequiredService<RestoreTenant>().ExecuteAsync(archive, name, replace, default);
            Assert.Equal(["Bystander"], await host.InAsync(name, services => Db(services).Set<Customer>().Select(c => c.Name).ToListAsync()));
            Assert.Equal(0, await host.InAsync(name, services => Db(services).Set<Contact>().CountAsync()));
            await host.InAsync(name, services => services.GetRequiredService<OverwriteErased>().ExecuteAsync(default));
            Assert.DoesNotContain(await Traces.FindAsync(host, name, Marks), t => engine == "postgres" || t.Contains(name, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_record_that_others_point_to_is_emptied_and_stays(string engine)
    {
        await using var host = await TestHost.StartAsync(engine, ["Sample.Fixture"]);
        await host.CreateTenantAsync("acme", "TcCrm.Customers", "Sample.Fixture");
        await host.AddUserAsync("acme", "boss");
        var person = await EnterAsync(host);
        await host.InAsync("acme", async services =>
        {
            Db(services).Add(new Sample.Fixture.Widget { Name = "Delivery", CustomerId = person });
            await Db(services).SaveChangesAsync();
        });

        Assert.Equal(ErasureMode.Emptied, await EraseAsync(host, person));
        var left = await host.InAsync("acme", services => Db(services).Set<Customer>().SingleAsync(c => c.Id == person));
        Assert.Equal(("已删除的人员", "", "", "", CustomerKind.Person), (left.Name, left.Phone, left.Email, left.IdentityCard, left.Kind));
        Assert.Equal(0, await host.InAsync("acme", services => Db(services).Set<Contact>().CountAsync()));
        await host.InAsync("acme", services => services.GetRequiredService<OverwriteErased>().ExecuteAsync(default));
        Assert.Empty(await Traces.FindAsync(host, "acme", Marks));
    }

    [Fact]
    public async Task A_held_record_stays_whole()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        var person = await EnterAsync(host);
        await host.InAsync("acme", async services =>
        {
            Db(services).Add(new LegalHold { RecordType = "customers.customer", RecordId = person, Reason = "Lawsuit" });
            await Db(services).SaveChangesAsync();
        });
        await Assert.ThrowsAsync<BusinessRuleException>(() => EraseAsync(host, person));
        Assert.Equal(Name, (await host.InAsync("acme", services => Db(services).Set<Customer>().SingleAsync(c => c.Id == person))).Name);
        Assert.Empty(await ListedAsync(host));
    }

    [Fact]
    public async Task A_list_that_an_earlier_version_kept_in_a_file_counts_as_before()
    {
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        var person = await EnterAsync(host);
        using var archive = new MemoryStream();
        await host.Services.GetRequiredService<BackUpTenant>().ExecuteAsync("acme", archive, default);
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(host.DataPath, "erasures")).FullName, "acme.jsonl");
        await File.WriteAllTextAsync(file, $$"""{"recordType":"customers.customer","recordId":"{{person}}","at":"2026-11-01T00:00:00Z"}""" + "\n{\"recordTy");
        await host.Services.GetRequiredService<RestoreTenant>().ExecuteAsync(archive, "acme", replace: true, default);
        Assert.Equal(["Bystander"], await host.InAsync("acme", services => Db(services).Set<Customer>().Select(c => c.Name).ToListAsync()));
        Assert.False(File.Exists(file));
        Assert.Contains(new("customers.customer", person), await ListedAsync(host));
    }

    static Task<IReadOnlyList<RecordReference>> ListedAsync(TestHost host) => host.Services.GetRequiredService<ErasureList>().ReadAsync("acme", null, default);

    /// <summary>By the API, with an earlier name and phone number, a contact, and somebody else beside.</summary>
    static async Task<Guid> EnterAsync(TestHost host)
    {
        var api = new ApiCaller(await host.ApiClientAsync("acme", "boss"));
        var made = await api.SendAsync(HttpMethod.Post, "customers.customer", new JsonObject
        {
            ["name"] = OldName,
            ["kind"] = "Person",
            ["phone"] = SecondPhone,
            ["email"] = Email,
            ["identityCard"] = Card,
            ["tags"] = new JsonArray(Name),
            ["remark"] = $"{Name} called",
        }, idempotencyKey: "first");
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var id = made.Body!["id"]!.GetValue<Guid>();
        Assert.Equal(HttpStatusCode.OK, (await api.PatchAsync($"customers.customer/{id}", new() { ["name"] = Name, ["phone"] = "0086 139-5718-2649" }, made.ETag!)).Status);
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("customers.contact", new() { ["name"] = Contact, ["customerId"] = id.ToString(), ["phone"] = SecondPhone })).Status);
        Assert.Equal(HttpStatusCode.Created, (await api.PostAsync("customers.customer", new() { ["name"] = "Bystander", ["phone"] = "13957180000" })).Status);
        return id;
    }

    static async Task LeaveTracesAsync(IServiceProvider services, Guid person)
    {
        var (db, workshop) = (Db(services), services.GetRequiredService<ImportWorkshop>());
        var csv = new MemoryStream(Encoding.UTF8.GetBytes($"名称,电话\n{Name},１３９ 5718 2649\nx,not a phone {Phone}\n"));
        var import = await workshop.BeginAsync(Customers(services), $"{Name}.csv", csv, default);
        db.Add(new ImportFinding { ImportId = import.Id, Line = 3, Key = "This is not a phone number.", Args = $$"""["{{Phone}}"]""", Cells = $$"""["{{Name}}","{{Phone}}"]""" });
        db.Add(new Job { Kind = "test", Arguments = $$"""{"to":"{{Email}}"}""", State = JobState.Done });
        db.Add(new SavedView { RecordType = "customers.customer", Name = "One", Filters = [$"Name:eq:{Name}", "Kind:eq:Person"] });
        db.Add(new SharingRule { Name = "One", RecordType = "customers.customer", Filters = $$"""["Name:eq:{{Name}}"]""", WithKind = ShareWith.User, WithId = Guid.CreateVersion7() });
        db.Add(new RecordShare { RecordId = person, WithId = Guid.CreateVersion7(), RecordType = "customers.customer" });
        db.Add(new AuditEntry { Action = "Exported", RecordType = "customers.customer", Details = $$"""{"fields":["Name"],"filters":["Phone:eq:{{Phone}}"],"search":"{{Name}}"}""" });
        await services.GetRequiredService<MailQueue>().SendAsync(Email, $"Dear {Name}", $"Dear {Name}", default);
        var deleted = await Customers(services).FindForUpdateAsync(db, person, default);
        db.Remove(deleted!); // what lies in the recycle bin is found as well
        await db.SaveChangesAsync();
    }

    static Task<ErasureMode?> EraseAsync(TestHost host, Guid person) =>
        host.InAsync("acme", services => services.GetRequiredService<ErasePerson>().ExecuteAsync(new("customers.customer", person), ErasureCause.Request, default));

    static Task<int> SealAsync(TestHost host) => host.InAsync("acme", services =>
        services.GetRequiredService<SealAudit>().SealAsync(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.AddMinutes(1), default));

    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
    static RecordType Customers(IServiceProvider services) => services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"];
}
