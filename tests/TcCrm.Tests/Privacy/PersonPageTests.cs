using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Customers;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Privacy.Consent;
using TcCrm.Platform.Privacy.Copies;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Privacy;

/// <summary>The page that answers a person's request, by those who may and those who may not.</summary>
public sealed class PersonPageTests
{
    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task Consent_is_given_and_withdrawn_and_the_last_word_counts(string engine)
    {
        await using var host = await TestHost.StartAsync(engine);
        var (customer, purpose) = await SetUpAsync(host);
        var browser = await SignedInAsync(host, "boss");
        var page = $"/t/acme/customers/customer/{customer}/personal-data";
        Assert.False(await MayAsync(host, customer, "marketing"));
        Assert.True(await MayAsync(host, customer, "service"));
        Assert.False(await MayAsync(host, customer, "unheard-of"));

        await browser.PostAsync(page + "?handler=Consent", [("purpose", $"{purpose}"), ("given", "true"), ("channel", "Paper"), ("evidence", "Form 77")]);
        Assert.True(await MayAsync(host, customer, "marketing"));
        Assert.Contains("Form 77", await (await browser.GetAsync(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await browser.PostAsync(page + "?handler=Consent", [("purpose", $"{purpose}"), ("given", "false"), ("channel", "Phone"), ("evidence", "")]);
        Assert.False(await MayAsync(host, customer, "marketing"));
        await browser.PostAsync(page + "?handler=Consent", [("purpose", $"{purpose}"), ("given", "true"), ("channel", "Phone"), ("evidence", "")]);
        await host.InAsync("acme", async services =>
        {
            (await Db(services).Set<ConsentPurpose>().SingleAsync(p => p.Id == purpose)).WordingVersion = "2";
            await Db(services).SaveChangesAsync();
        });
        Assert.False(await MayAsync(host, customer, "marketing"));
        Assert.Equal([true, false, true], await host.InAsync("acme", services => Db(services).Set<ConsentEntry>().OrderBy(e => e.Id).Select(e => e.IsGiven).ToListAsync()));
        Assert.Equal(3, await host.InAsync("acme", services => Db(services).Set<AuditEntry>().CountAsync(a => a.RecordId == customer && a.Action.StartsWith("Consent"))));
    }

    [Fact]
    public async Task A_copy_has_all_that_is_kept_and_only_who_asked_may_fetch_it()
    {
        await using var host = await TestHost.StartAsync();
        var (customer, _) = await SetUpAsync(host);
        var browser = await SignedInAsync(host, "boss");
        var page = $"/t/acme/customers/customer/{customer}/personal-data";
        await browser.PostAsync(page, [], page + "?handler=Copy");
        await host.Services.GetRequiredService<JobRunner>().DrainAsync("acme", default);
        var copy = await MadeAsync(host);

        var answer = await browser.GetAsync($"{page}?handler=Copy&id={copy.Id}");
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["data.json", "history.csv", "index.html", "log.csv", "records.csv"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        using var json = await JsonDocument.ParseAsync(await zip.GetEntry("data.json")!.OpenAsync());
        var told = json.RootElement.GetProperty("tables").GetProperty("records").GetRawText();
        Assert.All(new[] { "Ms Early", "139 5718 2649", "11010519491231002X", "Her Assistant" }, value => Assert.Contains(value, told, StringComparison.Ordinal));
        Assert.Contains("Ms Early", await new StreamReader(await zip.GetEntry("index.html")!.OpenAsync()).ReadToEndAsync(), StringComparison.Ordinal);

        await host.AddUserAsync("acme", "second");
        Assert.Equal(HttpStatusCode.Redirect, (await (await SignedInAsync(host, "second")).GetAsync($"{page}?handler=Copy&id={copy.Id}")).StatusCode);
        Assert.Equal(2, await host.InAsync("acme", services => Db(services).Set<AuditEntry>().CountAsync(a => a.Action == "PersonCopied" || a.Action == "PersonCopyFetched")));
        await host.InAsync("acme", async services =>
        {
            await Db(services).Set<PersonCopy>().ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, DateTime.UnixEpoch));
            await services.GetRequiredService<PersonCopies>().RemoveExpiredAsync(default);
        });
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync($"{page}?handler=Copy&id={copy.Id}")).StatusCode);
        Assert.Empty(Directory.EnumerateFiles(host.DataPath, $"{copy.Id:N}.zip", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Erasing_asks_for_the_number_and_for_the_right()
    {
        await using var host = await TestHost.StartAsync();
        var (customer, purpose) = await SetUpAsync(host);
        await host.AddUserAsync("acme", "clerk", "Clerk", "View_customers.customer", "Edit_customers.customer", "NoteConsent");
        await host.AddUserAsync("acme", "guest", "Guest", "View_customers.customer");
        var page = $"/t/acme/customers/customer/{customer}/personal-data";
        var clerk = await SignedInAsync(host, "clerk");
        Assert.Equal(HttpStatusCode.OK, (await clerk.GetAsync(page)).StatusCode);
        foreach (var handler in new[] { "Erase", "Copy", "Hold", "Lift" })
            Assert.Equal(HttpStatusCode.Forbidden, (await clerk.PostAsync($"{page}?handler={handler}", [("typed", "C-000001"), ("reason", "x")])).StatusCode);
        Assert.DoesNotContain("personal-data?handler=", await (await (await SignedInAsync(host, "guest")).GetAsync(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync($"/t/acme/organisation/unit/{Guid.CreateVersion7()}/personal-data")).StatusCode);

        var boss = await SignedInAsync(host, "boss");
        await boss.PostAsync(page + "?handler=Erase", [("typed", "C-999999")]);
        await boss.PostAsync(page + "?handler=Hold", [("reason", "Lawsuit")]);
        await boss.PostAsync(page + "?handler=Erase", [("typed", "C-000001")]);
        Assert.True(await host.InAsync("acme", services => Db(services).Set<Customer>().AnyAsync(c => c.Id == customer)));
        await boss.PostAsync(page + "?handler=Lift", []);
        var begun = await boss.PostAsync(page + "?handler=Erase", [("typed", "C-000001")]);
        var report = begun.Headers.Location!.ToString();
        await ErasePersonJobTests.EndedAsync(host);
        Assert.Contains("记录及其附属记录已移除", await (await boss.GetAsync(report)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await host.InAsync("acme", services => Db(services).Set<Customer>().AnyAsync(c => c.Id == customer)));
        Assert.NotEqual(Guid.Empty, purpose);
    }

    static async Task<(Guid Customer, Guid Marketing)> SetUpAsync(TestHost host)
    {
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        return await host.InAsync("acme", async services =>
        {
            var db = Db(services);
            var customer = new Customer { Name = "Ms Early", Kind = CustomerKind.Person, Phone = "+8613957182649", IdentityCard = "11010519491231002X" };
            var marketing = new ConsentPurpose { Name = "Marketing", Code = "marketing", Wording = "We write to you.", AsksAgain = true };
            db.AddRange(customer, new Contact { Name = "Her Assistant", CustomerId = customer.Id }, marketing, new ConsentPurpose { Name = "Service", Code = "service", Ground = LegalGround.Contract, Wording = "We repair it." });
            await db.SaveChangesAsync();
            return (customer.Id, marketing.Id);
        });
    }

    static async Task<Visitor> SignedInAsync(TestHost host, string user)
    {
        var browser = Visitor.At(host);
        await browser.SignInAsync("acme", user, TestUsers.Password);
        return browser;
    }

    /// <summary>The runner of the host may have taken the job first.</summary>
    static async Task<PersonCopy> MadeAsync(TestHost host)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await host.InAsync("acme", services => Db(services).Set<PersonCopy>().AsNoTracking().FirstOrDefaultAsync(c => c.MadeAt != null)) is { } made) return made;
            await Task.Delay(20, patience.Token);
        }
    }

    static Task<bool> MayAsync(TestHost host, Guid customer, string purpose) => host.InAsync("acme", services => services.GetRequiredService<IConsents>().MayAsync(new("customers.customer", customer), purpose, default));

    static CrmDbContext Db(IServiceProvider services) => services.GetRequiredService<CrmDbContext>();
}
