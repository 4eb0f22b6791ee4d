using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Customers;
using TcCrm.Platform.Data;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Tenants;
using TcCrm.Platform.Views;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class RecipeStepsTests(RecipeTenants tenants)
{
    public static TheoryData<string> Engines => TestHost.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Feature_switches_on_and_off_and_the_next_request_sees_it(string engine)
    {
        var tenant = await tenants.NewAsync(engine, "TcCrm.StaffTheme");

        var report = await tenant.RunAsync("""{ "name": "feature", "Enable": ["TcCrm.Customers", "Gone.Away"] }""");
        Assert.Equal(("$.steps[0].enable[1]", true), Assert.Single(report.Problems) is var p ? (p.Path, p.IsWarning) : default);
        Assert.Contains("TcCrm.Customers", await FeaturesAsync(tenant));

        await tenant.SucceedAsync("""{ "name": "feature", "disable": ["TcCrm.Customers"] }""");
        Assert.DoesNotContain("TcCrm.Customers", await FeaturesAsync(tenant));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Settings_known_ones_are_checked_and_all_others_kept(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var report = await tenant.CheckAsync("""{ "name": "settings", "Currency": "yuan", "Language": "fr", "BaseUrl": "javascript:1", "SiteName": 7, "SchemaStamp": "" }""");
        Assert.Equal(5, report.Problems.Count);

        await tenant.SucceedAsync("""{ "name": "settings", "Currency": "USD", "HomeRoute": { "Area": "a" } }, { "name": "custom-settings", "Greeting": { "ContentType": "Greeting" } }""");

        var settings = await tenant.Host.InAsync(tenant.Name, scope => Task.FromResult(scope.GetRequiredService<TenantContext>().Snapshot.Settings));
        Assert.Equal(("USD", "a", "Greeting"), (settings.Currency, (string?)settings["HomeRoute"]!["Area"], (string?)settings["Greeting"]!["ContentType"]));
        Assert.Null(settings["name"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Roles_replace_add_and_remove_permissions(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        async Task<string> RunAsync(string behaviour, string permissions)
        {
            var report = await tenant.RunAsync($$"""{ "name": "Roles", "Roles": [{ "Name": "Seller", "PermissionBehavior": {{behaviour}}, "Permissions": [{{permissions}}] }] }""");
            Assert.True(report.Succeeded);
            return string.Join(' ', await tenant.ReadAsync(db => db.RoleClaims.OrderBy(c => c.ClaimValue).Select(c => c.ClaimValue!).ToListAsync()));
        }

        Assert.Equal("Edit_Lead ViewAudit", await RunAsync("\"Replace\"", "\"ViewAudit\", \"Edit_Lead\""));
        Assert.Equal("Edit_Lead RunRecipes ViewAudit", await RunAsync("\"Add\"", "\"RunRecipes\", \"viewaudit\""));
        Assert.Equal("RunRecipes", await RunAsync("2", "\"ViewAudit\", \"Edit_Lead\""));
        Assert.Equal("ManageUsers", await RunAsync("0", "\"ManageUsers\""));
    }

    [Fact]
    public async Task Roles_an_unknown_permission_is_a_warning()
    {
        var report = await (await tenants.NewAsync("sqlite")).CheckAsync("""{ "name": "Roles", "Roles": [{ "Name": "a", "Permissions": ["ViewAudit", "Fly"] }] }""");
        Assert.Equal(("$.steps[0].Roles[0].Permissions[1]", true), Assert.Single(report.Problems) is var p ? (p.Path, p.IsWarning) : default);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Users_come_by_id_with_their_roles_and_can_sign_in_with_the_hash(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        var hash = new PasswordHasher<CrmUser>().HashPassword(new(), "correct horse 7");
        await tenant.SucceedAsync($$"""
            { "name": "Roles", "Roles": [{ "Name": "Seller" }, { "Name": "Buyer" }] },
            { "name": "Users", "Users": [{ "UserId": "4manager000000000000000001", "UserName": "li", "Email": "li@firm.example", "PasswordHash": "{{hash}}", "RoleNames": ["seller"] }] }
            """);
        await tenant.SucceedAsync("""{ "name": "Users", "Users": [{ "UserId": "4manager000000000000000001", "UserName": "li-ming", "RoleNames": ["Buyer"], "IsEnabled": false }] }""");

        var user = await tenant.ReadAsync(db => db.Users.SingleAsync());
        Assert.Equal(("li-ming", "LI@FIRM.EXAMPLE", false), (user.UserName, user.NormalizedEmail, user.IsEnabled));
        await tenant.Host.InAsync(tenant.Name, async scope =>
        {
            var users = scope.GetRequiredService<UserManager<CrmUser>>();
            var found = (await users.FindByNameAsync("LI-MING"))!;
            Assert.True(await users.CheckPasswordAsync(found, "correct horse 7"));
            Assert.Equal(["Buyer"], await users.GetRolesAsync(found));
        });
    }

    [Fact]
    public async Task Users_all_mistakes_are_reported()
    {
        var tenant = await tenants.NewAsync("sqlite");
        await tenant.SucceedAsync("""{ "name": "Users", "Users": [{ "UserName": "here" }] }""");
        var report = await tenant.CheckAsync("""
            { "name": "Users", "Users": [
              { "UserName": "" }, { "UserName": "a", "RoleNames": ["None"] }, { "UserName": "A" }, { "UserId": "x", "UserName": "HERE" }, { "UserName": "b", "PasswordHash": "plain!" }, null ] }
            """);
        Assert.Equal(["Users[0].UserName", "Users[1].RoleNames[0]", "Users[2].UserName", "Users[3].UserName", "Users[4].PasswordHash", "Users[5]"], report.Problems.Select(p => p.Path["$.steps[0].".Length..]));
    }

    [Fact]
    public async Task Media_writes_files_of_the_tenant_from_base64_and_from_beside_the_recipe()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var folder = Directory.CreateTempSubdirectory("media");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "logo.svg"), "<svg/>");

        await tenant.SucceedAsync("""
            { "name": "media", "Files": [{ "TargetPath": "a/hello.txt", "Base64": "aGVsbG8=" }, { "TargetPath": "logo.svg", "SourcePath": "logo.svg" }] }
            """, new PhysicalFileProvider(folder.FullName));

        var files = Path.Combine(tenant.Host.DataPath, "tenants", tenant.Name, "files");
        Assert.Equal(("hello", "<svg/>"), (await File.ReadAllTextAsync(Path.Combine(files, "a", "hello.txt")), await File.ReadAllTextAsync(Path.Combine(files, "logo.svg"))));
        Assert.Equal(2, Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Count());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("""{ "TargetPath": "../a", "Base64": "" }""", "TargetPath")]
    [InlineData("""{ "TargetPath": "/etc/a", "Base64": "" }""", "TargetPath")]
    [InlineData("""{ "TargetPath": "a\\..\\b", "Base64": "" }""", "TargetPath")]
    [InlineData("""{ "TargetPath": "a//b", "Base64": "" }""", "TargetPath")]
    [InlineData("""{ "TargetPath": "a", "SourceUrl": "http://localhost/" }""", "SourceUrl")]
    [InlineData("""{ "TargetPath": "a", "SourcePath": "../../secret" }""", "")]
    [InlineData("""{ "TargetPath": "a", "Base64": "***" }""", "")]
    [InlineData("""{ "TargetPath": "a" }""", "")]
    public async Task Media_refuses(string file, string at)
    {
        var report = await (await tenants.NewAsync("sqlite")).CheckAsync($$"""{ "name": "media", "Files": [{{file}}] }""");
        Assert.Equal($"$.steps[0].Files[0].{at}".TrimEnd('.'), Assert.Single(report.Problems).Path);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Numbering_rules_number_the_records_that_follow(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        await tenant.SucceedAsync("""
            { "name": "numbering", "Rules": [{ "Type": "customers.customer", "Pattern": "V-{seq:3}", "Reset": "Never", "GapFree": false }] },
            { "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [{ "ExternalId": "1", "Name": "甲" }, { "ExternalId": "2", "Name": "乙" }] }
            """);
        Assert.Equal(["V-001", "V-002"], await tenant.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.Number).Select(c => c.Number).ToListAsync()));
        Assert.False((await tenant.ReadAsync(db => db.Set<NumberRule>().SingleAsync())).IsGapFree);
    }

    [Fact]
    public async Task Numbering_reports_types_and_patterns_that_cannot_be()
    {
        var report = await (await tenants.NewAsync("sqlite")).CheckAsync("""
            { "name": "numbering", "Rules": [
              { "Type": "no.such", "Pattern": "{seq}" }, { "Type": "customers.contact", "Pattern": "{seq}" }, { "Type": "customers.customer", "Pattern": "C" },
              { "Type": "customers.customer", "Pattern": "{seq}", "PerUnit": true }, { "Type": "customers.customer", "Pattern": "{seq}", "Reset": "Weekly" } ] }
            """);
        Assert.Equal(["Rules[0].Type", "Rules[1].Type", "Rules[2].Pattern", "Rules[3].Pattern", "Rules[4].Reset"], report.Problems.Select(p => p.Path["$.steps[0].".Length..]));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Records_are_added_and_changed_by_their_match_key(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        await tenant.SucceedAsync("""{ "name": "records", "Type": "customers.customer", "Match": "externalid", "Records": [{ "externalId": "1", "name": "甲", "kind": "Dealer", "tags": ["VIP", "老客户"], "creditLimit": { "amount": "1200.50", "currency": "CNY" } }] }""");
        await tenant.SucceedAsync("""{ "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [{ "ExternalId": " 1 ", "Name": "甲公司" }, { "ExternalId": "2", "Name": "乙" }] }""");

        var customers = await tenant.ReadAsync(db => db.Set<Customer>().OrderBy(c => c.ExternalId).ToListAsync());
        Assert.Equal(["甲公司", "乙"], customers.Select(c => c.Name));
        Assert.Equal((CustomerKind.Dealer, 2, 120050L), (customers[0].Kind, customers[0].Tags.Count, customers[0].CreditLimit!.Minor));
    }

    [Fact]
    public async Task Records_all_mistakes_are_reported_with_their_place()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var report = await tenant.CheckAsync("""
            { "name": "records", "Type": "no.such", "Match": "Name", "Records": [] },
            { "name": "records", "Type": "customers.customer", "Match": "Birthday", "Records": [] },
            { "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [{ "ExternalId": "1", "Nome": "x" }, { "ExternalId": "1" }, { "Name": "y" }, 3] },
            { "name": "records", "Type": "customers.contact", "Demo": { "Count": 0 } }
            """);
        Assert.Equal(
            ["$.steps[0].Type", "$.steps[1].Match", "$.steps[2].Records[0].Nome", "$.steps[2].Records[1].ExternalId", "$.steps[2].Records[2].ExternalId", "$.steps[2].Records[3]", "$.steps[3].Demo.Count", "$.steps[3].Demo"],
            report.Problems.Select(p => p.Path));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Records_demo_customers_come_with_contacts_and_only_once(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        for (var run = 0; run < 2; run++)
        {
            await tenant.SucceedAsync("""{ "name": "records", "Type": "customers.customer", "Demo": { "Count": 20, "Seed": 1 } }""");
            Assert.Equal((20, true), (await tenant.ReadAsync(db => db.Set<Customer>().CountAsync()), await tenant.ReadAsync(db => db.Set<Contact>().AnyAsync())));
        }
        Assert.All(await tenant.ReadAsync(db => db.Set<Customer>().ToListAsync()), c => Assert.Equal(1, c.Version));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Views_are_kept_in_their_order(string engine)
    {
        var tenant = await tenants.NewAsync(engine);
        await tenant.SucceedAsync("""
            { "name": "views", "Views": [
              { "Type": "customers.customer", "Name": "Firms", "Columns": ["Number", "Name"], "Filters": ["Kind:eq:Company"], "Sort": "-Name" },
              { "Type": "customers.customer", "Name": "All" } ] }
            """);
        var views = await tenant.ReadAsync(db => db.Set<SavedView>().OrderBy(v => v.Position).ToListAsync());
        Assert.Equal(["Firms", "All"], views.Select(v => v.Name));
        Assert.Equal(("Number,Name", "Kind:eq:Company", "-Name"), (string.Join(',', views[0].Columns), views[0].Filters[0], views[0].Sort));

        var report = await tenant.CheckAsync("""
            { "name": "views", "Views": [ { "Type": "customers.customer", "Name": "", "Columns": ["Nope"], "Filters": ["Kind", "Nope:eq:1", "Kind:near:1"], "Sort": "Nope" }, { "Type": "no", "Name": "a" } ] }
            """);
        Assert.Equal(["Views[0].Name", "Views[0].Columns[0]", "Views[0].Filters[0]", "Views[0].Filters[1]", "Views[0].Filters[2]", "Views[0].Sort", "Views[1].Type"], report.Problems.Select(p => p.Path["$.steps[0].".Length..]));
    }

    [Fact]
    public async Task Themes_that_are_not_installed_are_a_warning_and_change_nothing()
    {
        var tenant = await tenants.NewAsync("sqlite");
        var report = await tenant.RunAsync("""{ "name": "themes", "admin": "TheAdmin", "site": "TcCrm.StaffTheme" }""");
        Assert.Equal(("$.steps[0].admin", true), Assert.Single(report.Problems) is var p ? (p.Path, p.IsWarning) : default);
        Assert.Equal(["PortalTheme"], await tenant.ReadAsync(db => db.Set<SettingRow>().Where(s => s.Key.EndsWith("Theme")).Select(s => s.Key).ToListAsync()));
    }

    static Task<IReadOnlySet<string>> FeaturesAsync(RecipeTenant tenant) =>
        tenant.Host.InAsync(tenant.Name, scope => Task.FromResult(scope.GetRequiredService<TenantContext>().Snapshot.Features));
}
