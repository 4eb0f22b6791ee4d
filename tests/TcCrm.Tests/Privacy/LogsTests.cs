using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Jobs;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Privacy;

/// <summary>Numbers of people at every door, and then looked for in the log of an operator who has turned on much of it.</summary>
public sealed class LogsTests
{
    const string Phone = "13957182649", Card = "11010519491231002X", Mail = "zyxqvarn@kwphq.example";

    [Fact]
    public async Task No_number_that_somebody_typed_stands_in_the_log()
    {
        var log = new Kept();
        await using var host = await TestHost.StartAsync();
        await host.CreateTenantAsync("acme");
        await host.AddUserAsync("acme", "boss");
        var (cookie, key) = (await host.CookieAsync("acme", "boss"), (await host.ApiClientAsync("acme", "boss")).DefaultRequestHeaders.Authorization);
        await using var loud = host.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Logging:LogLevel:Default", "Information");
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(log));
        });
        using var page = loud.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("http://localhost/t/acme/") });
        using var api = loud.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("http://localhost/t/acme/") });
        (page.DefaultRequestHeaders.Authorization, api.DefaultRequestHeaders.Authorization) = (null, key);
        page.DefaultRequestHeaders.Add("Cookie", cookie);

        foreach (var address in new[] { $"customers/customer?q={Phone}", $"customers/customer?filter=Phone:eq:{Phone}", $"palette?q={Card}", $"import?{Phone}", $"sign-in?ReturnUrl=%2Fcustomers%2Fcustomer%3Fq%3D{Phone}", $"audit?q={Mail}" }) await page.GetAsync(address);
        foreach (var address in new[] { $"customers.customer?filter=phone:eq:{Phone}", $"customers.customer?filter=phone:lt:{Phone}", $"customers.customer/{Phone}" }) await api.GetAsync($"api/v1/{address}");
        for (var i = 0; i < 2; i++) await api.PostAsJsonAsync("api/v1/customers.customer", new { name = "One", phone = Phone, email = Mail, identityCard = Card, kind = i == 0 ? "Person" : Phone });
        using var anonymous = loud.CreateClient(new() { AllowAutoRedirect = false });
        await new Visitor(anonymous).SignInAsync("acme", Phone, Card);
        await ImportAsync(loud.Services);

        Assert.NotEmpty(log.Lines);
        Assert.All(new[] { Phone, "139 5718 2649", Card, Mail }, value => Assert.DoesNotContain(log.Lines, line => WebUtility.UrlDecode(line).Contains(value, StringComparison.OrdinalIgnoreCase)));
    }

    static Task<int> ImportAsync(IServiceProvider host) => host.GetRequiredService<TenantScopes>().RunAsync("acme", async services =>
    {
        var (db, workshop) = (services.GetRequiredService<CrmDbContext>(), services.GetRequiredService<ImportWorkshop>());
        var csv = new MemoryStream(Encoding.UTF8.GetBytes($"名称,手机,身份证号\nx,not a phone {Phone},{Card}\n"));
        var import = await workshop.BeginAsync(services.GetRequiredService<TenantContext>().Snapshot.RecordTypes["customers.customer"], $"{Phone}.csv", csv, default);
        await workshop.StartAsync(import, writes: true, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await db.Set<Job>().AnyAsync(j => j.Id == import.JobId && j.State < JobState.Done, patience.Token)) await Task.Delay(20, patience.Token);
        return Assert.Single(await workshop.Findings(import.Id, warnings: false).Select(f => f.Line).Distinct().ToListAsync());
    }, default);

    sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}
