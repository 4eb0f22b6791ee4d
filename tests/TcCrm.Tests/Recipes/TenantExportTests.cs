using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Mail;
using TcCrm.Platform.Recipes;
using TcCrm.Platform.Recipes.Exports;

namespace TcCrm.Tests.Recipes;

[Collection(nameof(RecipeTenants))]
public sealed class TenantExportTests(RecipeTenants tenants)
{
    const string Company = """
        { "name": "feature", "enable": ["TcCrm.Customers"] },
        { "name": "settings", "Currency": "EUR", "Colour": { "Accent": "teal", "ApiToken": "marker-of-a-secret" } },
        { "name": "custom-settings", "Opening": { "ContentItemId": "4a", "ContentType": "Opening", "Hours": "9-18" } },
        { "name": "Roles", "Roles": [{ "Name": "Clerk", "Description": "Writes down", "Permissions": ["View_customers.customer", "Keep_this"], "Reaches": [
          { "Type": "customers.customer", "Right": "View", "Kind": "Matching", "Filters": ["Kind:eq:Person"] } ], "Fields": [{ "Type": "customers.customer", "Field": "Phone", "Level": "Masked" }] }] },
        { "name": "Users", "Users": [{ "UserName": "head", "DisplayName": "总", "PasswordHash": "bWFya2VyLW9mLWEtc2VjcmV0", "RoleNames": ["Clerk"] }] },
        { "name": "records", "Type": "organisation.unit", "Match": "ExternalId", "Records": [{ "ExternalId": "HQ", "Name": "总部", "Kind": "HeadOffice", "HeadId": "head" }] },
        { "name": "records", "Type": "organisation.unit", "Match": "ExternalId", "Records": [{ "ExternalId": "S1", "Name": "一店", "Kind": "Store", "ParentId": "HQ" }] },
        { "name": "Roles", "Roles": [{ "Name": "Clerk", "PermissionBehavior": "Add", "Reaches": [{ "Type": "customers.customer", "Right": "Edit", "Kind": "ChosenUnits", "Units": ["S1"] }] }] },
        { "name": "records", "Type": "customers.customer", "Match": "ExternalId", "Records": [
          { "ExternalId": "007", "Name": "杭州甲", "Phone": "13800138000", "CreditLimit": "1200.50", "Tags": ["老客户", "重点"], "UnitId": "S1" } ] },
        { "name": "records", "Type": "customers.contact", "Match": "ExternalId", "Records": [{ "ExternalId": "007-1", "Name": "李", "CustomerId": "007" }] },
        { "name": "numbering", "Rules": [{ "Type": "customers.customer", "Pattern": "K-{seq:8}", "Reset": "Never", "GapFree": true }] },
        { "name": "views", "Views": [{ "Type": "customers.customer", "Name": "People", "Columns": ["Name", "Phone"], "Filters": ["Kind:eq:Person"], "Sort": "-Name" }] },
        { "name": "Placements", "Layers": { "kept": [1, 2] } }
        """;

    [Theory, MemberData(nameof(TestHost.Engines), MemberType = typeof(TestHost))]
    public async Task A_tenant_made_from_an_export_exports_itself_alike(string engine)
    {
        var first = await tenants.NewAsync(engine);
        Assert.True((await first.RunAsync(Company)).Succeeded);
        var written = await ExportAsync(first, all: true);
        var second = await tenants.NewAsync(engine);

        var report = await second.Recipes.RunAsync(second.Name, RecipeFile.Read("export", Encoding.UTF8.GetBytes(written), new NullFileProvider()), default);

        Assert.DoesNotContain(report.Problems, p => !p.IsWarning);
        Assert.Equal(StepsOf(written), StepsOf(await ExportAsync(second, all: true)));
        foreach (var word in new[] { "HQ", "\"ParentId\":\"HQ\"", "1200.50", "老客户", "Keep_this", "ChosenUnits", "K-{seq:8}", "-Name", "teal", "9-18", "\"kept\"" }) Assert.Contains(word, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_written()
    {
        var tenant = await tenants.NewAsync("sqlite");
        Assert.True((await tenant.RunAsync(Company)).Succeeded);
        await tenant.Host.InAsync(tenant.Name, scope => scope.GetRequiredService<MailSettings>().SaveAsync(new() { Host = "mail.example", UserName = "crm", Password = "marker-of-a-secret" }, "https://crm.example", default));

        var written = await ExportAsync(tenant, all: true);

        Assert.Contains("mail.example", written, StringComparison.Ordinal);
        var hashes = await tenant.ReadAsync(db => db.Users.Select(u => u.PasswordHash + u.SecurityStamp).ToListAsync());
        foreach (var word in hashes.Append("marker-of-a-secret").Append("bWFya2VyLW9mLWEtc2VjcmV0").Append("assword")) Assert.DoesNotContain(word!, written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_is_written_only_when_asked_for_and_the_audit_log_says_so()
    {
        var tenant = await tenants.NewAsync("sqlite");
        Assert.True((await tenant.RunAsync(Company)).Succeeded);

        var written = await ExportAsync(tenant, all: false);

        foreach (var word in new[] { "杭州甲", "一店", "\"head\"" }) Assert.DoesNotContain(word, written, StringComparison.Ordinal);
        var entry = Assert.Single(await tenant.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Action == "ExportedTenant").ToListAsync()));
        Assert.Contains("Roles", entry.Details, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<BusinessRuleException>(() => tenant.Host.InAsync(tenant.Name, s => s.GetRequiredService<RecipeExporter>().WriteAsync(["AspNetUserTokens"], Stream.Null, default)));
        Assert.Contains("AspNetUserTokens", refused.Args);
    }

    static Task<string> ExportAsync(RecipeTenant tenant, bool all) => tenant.Host.InAsync(tenant.Name, async scope =>
    {
        var exporter = scope.GetRequiredService<RecipeExporter>();
        using var stream = new MemoryStream();
        await exporter.WriteAsync(all ? [.. exporter.Parts.Select(p => p.Id)] : null, stream, default);
        return Encoding.UTF8.GetString(stream.ToArray());
    });

    static string StepsOf(string recipe) => JsonNode.Parse(recipe)!["steps"]!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
