using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Tenants;

public sealed class HostPagesTests
{
    const string Password = "Walnuss-Tisch-72";

    [Fact]
    public async Task The_default_tenant_begins_with_the_list_and_no_other_has_these_pages()
    {
        await using var host = await StartAsync();
        var root = await SignedInAsync(host, "/sign-in");
        Assert.Equal("/host/tenants", (await root.GetAsync("/")).Headers.Location?.ToString());
        Assert.Contains("href=\"/host/tenants/acme\"", await root.ReadAsync("/host/tenants"), StringComparison.Ordinal);
        foreach (var page in new[] { "/host/tenants/acme", "/host/tenants/default", "/host/tenants/new", "/host/tenants/restore", "/host/tenants?q=acme&state=suspended" }) Assert.Equal(HttpStatusCode.OK, await root.StatusAsync(page));
        Assert.Equal(HttpStatusCode.NotFound, await root.StatusAsync("/host/tenants/nobody"));
        var company = await SignedInAsync(host, "/t/acme/sign-in");
        foreach (var page in new[] { "host/tenants", "host/tenants/acme", "host/tenants/new", "host/tenants/restore" }) Assert.Equal(HttpStatusCode.NotFound, await company.StatusAsync("/t/acme/" + page));
        Assert.DoesNotContain("/host/tenants", await company.ReadAsync("/t/acme/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await Visitor.At(host).StatusAsync("/host/tenants"));
    }

    [Fact]
    public async Task Suspends_resumes_backs_up_and_removes_by_the_typed_name_alone()
    {
        await using var host = await StartAsync();
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        var root = await SignedInAsync(host, "/sign-in");
        await root.PostAsync("/host/tenants/acme", [], "/host/tenants/acme?handler=Suspend");
        Assert.Equal(TenantState.Disabled, registry.Find("acme")!.State);
        await root.PostAsync("/host/tenants/acme", [], "/host/tenants/acme?handler=Resume");
        Assert.Equal(TenantState.Running, registry.Find("acme")!.State);
        var download = await root.PostAsync("/host/tenants/acme", [], "/host/tenants/acme?handler=Backup");
        Assert.Equal("application/zip", download.Content.Headers.ContentType?.MediaType);
        using (var archive = new ZipArchive(await download.Content.ReadAsStreamAsync())) Assert.NotNull(archive.GetEntry("backup.json"));
        await root.PostAsync("/host/tenants/acme", [("typed", "amce")], "/host/tenants/acme?handler=Remove");
        Assert.NotNull(registry.Find("acme"));
        await root.PostAsync("/host/tenants/default", [], "/host/tenants/default?handler=Suspend");
        Assert.Equal(TenantState.Running, registry.Find("default")!.State);
        await root.PostAsync("/host/tenants/acme", [("typed", "acme")], "/host/tenants/acme?handler=Remove");
        Assert.Null(registry.Find("acme"));
    }

    static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        await host.Services.GetRequiredService<SetUpTenants>().RunAsync([new("acme", "retail-chain", new("boss", Password)), TenantWish.ForHost(new("boss", Password))], null, default);
        return host;
    }

    static async Task<Visitor> SignedInAsync(TestHost host, string page)
    {
        var visitor = Visitor.At(host);
        var answer = await visitor.PostAsync(page, [("Name", "boss"), ("Password", Password)]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }
}
