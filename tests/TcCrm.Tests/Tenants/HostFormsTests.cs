using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Tenants;
using TcCrm.Tests.Identity;

namespace TcCrm.Tests.Tenants;

/// <summary>The host's forms as a browser sends them: further companies, restores, and everything sent twice or typed wrong.</summary>
public sealed class HostFormsTests
{
    const string Password = "Walnuss-Tisch-72";
    const string New = "/host/tenants/new", Restore = "/host/tenants/restore", Acme = "/host/tenants/acme";

    [Fact]
    public async Task A_further_company_is_set_up_once_however_often_the_form_is_sent()
    {
        await using var host = await StartAsync();
        var root = await SignedInAsync(host);
        var token = await root.TokenAsync(New);
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => root.PostWithAsync(token, New, Form("yunshan"))));
        Assert.Equal(answers[0].Headers.Location, answers[1].Headers.Location);
        var progress = answers[0].Headers.Location!.ToString();
        await FirstSetUpTests.UntilAsync(async () => !(await root.ReadAsync(progress)).Contains("hx-trigger", StringComparison.Ordinal));
        Assert.Equal(TenantState.Running, host.Services.GetRequiredService<TenantRegistry>().Find("yunshan")!.State);
        Assert.Equal(HttpStatusCode.Found, (await Visitor.At(host).SignInAsync("yunshan", "boss@yunshan.example", Password)).StatusCode);
        await host.InAsync("yunshan", async s =>
        {
            foreach (var role in new[] { CrmRole.Administrator, PlatformPermissions.StaffRole }) Assert.True((await s.GetRequiredService<RoleManager<CrmRole>>().FindByNameAsync(role))!.IsProtected, role);
        });

        var later = await root.PostWithAsync(token, New, Form("yunshan"));
        Assert.Contains("href=\"#Form_Name\"", await later.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme", "Form_Name")]
    [InlineData("Äcme & Co", "Form_Name")]
    [InlineData("../acme", "Form_Name")]
    [InlineData("0-acme", "Form_Name")]
    [InlineData("", "Form_Name")]
    public async Task A_name_in_use_or_with_other_characters_is_refused_at_its_field_and_what_was_typed_stays(string name, string field)
    {
        await using var host = await StartAsync();
        var root = await SignedInAsync(host);
        var page = await (await root.PostAsync(New, Form(name))).Content.ReadAsStringAsync();
        Assert.Contains($"href=\"#{field}\"", page, StringComparison.Ordinal);
        Assert.Contains("boss@yunshan.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, page, StringComparison.Ordinal);
        Assert.Equal(["acme", "default"], host.Services.GetRequiredService<TenantRegistry>().All.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_backup_is_uploaded_under_a_free_name_or_in_place_of_the_tenant_whose_name_is_typed_again()
    {
        await using var host = await StartAsync();
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        var root = await SignedInAsync(host);
        var archive = await (await root.PostAsync(Acme, [], Acme + "?handler=Backup")).Content.ReadAsByteArrayAsync();

        Assert.Equal("/host/tenants/second", (await UploadAsync(root, archive, "second", null)).Headers.Location?.ToString());
        Assert.Equal(TenantState.Running, registry.Find("second")!.State);
        Assert.Equal(HttpStatusCode.Found, (await Visitor.At(host).SignInAsync("second", "boss", Password)).StatusCode);

        foreach (var (file, name, typed, field) in new[] { (archive, "acme", null, "Replace"), (archive, "acme", "amce", "Replace"), (archive, "Bad Name", null, "Name"), (new byte[] { 1, 2, 3 }, "third", null, "archive"), ([], "third", null, "archive") })
        {
            var refused = await UploadAsync(root, file, name, typed);
            Assert.True(refused.StatusCode == HttpStatusCode.OK, $"{name} {typed}: {refused.StatusCode}");
            Assert.Contains($"href=\"#{field}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Null(registry.Find("third"));

        await host.InAsync("acme", async s => await s.GetRequiredService<UserManager<CrmUser>>().DeleteAsync((await s.GetRequiredService<UserManager<CrmUser>>().FindByNameAsync("boss"))!));
        Assert.Equal(Acme, (await UploadAsync(root, archive, "acme", "acme")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Found, (await Visitor.At(host).SignInAsync("acme", "boss", Password)).StatusCode);
    }

    [Fact]
    public async Task A_step_that_was_done_already_says_so_and_does_no_harm()
    {
        await using var host = await StartAsync();
        var registry = host.Services.GetRequiredService<TenantRegistry>();
        var root = await SignedInAsync(host);
        var token = await root.TokenAsync(Acme);
        Task<HttpResponseMessage> DoAsync(string step, params (string, string)[] fields) => root.PostWithAsync(token, $"{Acme}?handler={step}", fields);
        foreach (var (step, state) in new[] { ("Suspend", TenantState.Disabled), ("Suspend", TenantState.Disabled), ("Resume", TenantState.Running), ("Resume", TenantState.Running) })
        {
            Assert.Equal(Acme, (await DoAsync(step)).Headers.Location?.ToString());
            Assert.Equal(state, registry.Find("acme")!.State);
        }
        Assert.Contains("acme", await root.ReadAsync(Acme), StringComparison.Ordinal);
        Assert.Equal("/host/tenants", (await DoAsync("Remove", ("typed", "acme"))).Headers.Location?.ToString());
        foreach (var step in new[] { "Remove", "Suspend", "Backup" }) Assert.Equal(HttpStatusCode.Redirect, (await DoAsync(step, ("typed", "acme"))).StatusCode);
        Assert.Null(registry.Find("acme"));
    }

    static (string, string)[] Form(string name) =>
    [
        ("Form.Title", "云杉商贸"), ("Form.Name", name), ("Form.Language", "en"), ("Form.Zone", "Asia/Shanghai"), ("Form.Recipe", "blank"),
        ("Form.Email", "boss@yunshan.example"), ("Form.Password", Password), ("Form.Repeat", Password),
    ];

    static async Task<HttpResponseMessage> UploadAsync(Visitor root, byte[] archive, string name, string? replace)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await root.TokenAsync(Restore)), "__RequestVerificationToken" }, { new StringContent(name), "Name" } };
        if (replace is not null) form.Add(new StringContent(replace), "Replace");
        if (archive.Length > 0) form.Add(new ByteArrayContent(archive), "archive", "acme.zip");
        return await root.Http.PostAsync(Restore, form);
    }

    static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync();
        await host.Services.GetRequiredService<SetUpTenants>().RunAsync([new("acme", "blank", new("boss", Password)), TenantWish.ForHost(new("root", Password))], null, default);
        return host;
    }

    static async Task<Visitor> SignedInAsync(TestHost host)
    {
        var visitor = Visitor.At(host);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync("/sign-in", [("Name", "root"), ("Password", Password)])).StatusCode);
        return visitor;
    }
}
