using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Audit;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Identity;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Definitions;

/// <summary>Types made, removed and brought back in the browser, through real HTTP.</summary>
public sealed class TypePagesTests
{
    [Fact]
    public async Task A_type_is_made_used_by_those_who_may_removed_and_brought_back()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        using var clerk = await host.BrowserOfAsync("staff");

        await RefusesWhatCannotBeAsync(boss);
        await MakesOneAsync(host, boss);
        await IsUsedAsync(boss, clerk);
        await GoesAndComesBackAsync(host, boss);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("types")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("types/new")).StatusCode);
    }

    static async Task RefusesWhatCannotBeAsync(HttpClient boss)
    {
        var nameless = await boss.SendFormAsync("types/new", null, ("TitleEnglish", "Name"), ("Icon", "tool"), ("NumberPattern", "X"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        Assert.Contains("Type a name for the type.", await nameless.TextAsync(), StringComparison.Ordinal);
        var numberless = await boss.SendFormAsync("types/new", null, ("English", "Site visit"), ("TitleEnglish", "Name"), ("Icon", "tool"), ("NumberPattern", "no place"));
        var text = await numberless.TextAsync();
        Assert.Contains("id=\"NumberPattern-e\"", text, StringComparison.Ordinal);
        Assert.Contains("value=\"Site visit\"", text, StringComparison.Ordinal);
        Assert.Equal("/content/site-visit", await boss.GetStringAsync("types/new?handler=Proposal&english=Site%20visit"));
    }

    static async Task MakesOneAsync(PagesHost host, HttpClient boss)
    {
        var staff = await host.InAsync(services => services.GetRequiredService<CrmDbContext>().Roles.Where(r => r.Name == "Staff").Select(r => r.Id).FirstAsync());
        Assert.Contains($"value=\"{staff}:Create\" checked", (await boss.PageAsync("types/new")).Replace("checked=\"checked\"", "checked", StringComparison.Ordinal), StringComparison.Ordinal);
        var made = await boss.SendFormAsync("types/new", null, ("Chinese", "上门服务"), ("English", "Site visit"), ("EnglishPlural", "Site visits"), ("Icon", "tool"), ("TitleChinese", "主题"), ("TitleEnglish", "Subject"),
            ("NumberPattern", "SV-{seq:4}"), ("Grants", $"{staff}:View"), ("Grants", $"{staff}:Create"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains("content.site-visit", await boss.PageAsync("types"), StringComparison.Ordinal);
        var actions = await host.InAsync(services => services.GetRequiredService<CrmDbContext>().Set<AuditEntry>().Where(a => a.RecordType == "content.site-visit" || (a.RecordType == "platform.role" && a.RecordId == staff)).Select(a => a.Action).ToListAsync());
        Assert.Contains("TypeMade", actions);
        Assert.Contains("Updated", actions);
    }

    static async Task IsUsedAsync(HttpClient boss, HttpClient clerk)
    {
        var home = await clerk.PageAsync("");
        Assert.Contains("href=\"/t/demo/content/site-visit\"", home, StringComparison.Ordinal);
        Assert.Contains("Site visits", home, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await clerk.SendFormAsync("content/site-visit/new", null, ("f.Name", "Pump"))).StatusCode);
        var list = await clerk.PageAsync("content/site-visit");
        Assert.Contains("SV-0001", list, StringComparison.Ordinal);
        Assert.Contains("Pump", await clerk.PageAsync("content/site-visit/SV-0001"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync("content/site-visit/SV-0001/edit")).StatusCode);
        var answer = await boss.GetFromJsonAsync<JsonElement>("api/v1/openapi.json");
        Assert.Contains("site-visit", answer.GetProperty("paths").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("content.site-visit", await boss.PageAsync("settings/numbers"), StringComparison.Ordinal);
    }

    static async Task GoesAndComesBackAsync(PagesHost host, HttpClient boss)
    {
        var slip = await boss.SendFormAsync("types", "types?handler=Remove", ("type", "content.site-visit"), ("typed", "Site"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, slip.StatusCode);
        Assert.Contains("the name was not typed as it stands", await slip.TextAsync(), StringComparison.Ordinal);
        await host.InAsync(services => services.GetRequiredService<DefineTypes>().SaveAsync(new() { Name = "content.report", Labels = new(null, "Report"), Fields = [MadeSamples.Field("Visit", "lookup") with { LookupType = "content.site-visit" }] }, null, default));
        var pointed = await boss.SendFormAsync("types", "types?handler=Remove", ("type", "content.site-visit"), ("typed", "Site visit"));
        Assert.Contains("content.report.Visit", await pointed.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("types", "types?handler=Remove", ("type", "content.report"), ("typed", "Report"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("types", "types?handler=Remove", ("type", "content.site-visit"), ("typed", "Site visit"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync("content/site-visit")).StatusCode);
        Assert.Contains("handler=BringBack&no=1", await boss.PageAsync("types"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await boss.SendFormAsync("types", "types?handler=BringBack&no=1")).StatusCode);
        Assert.Contains("Pump", await boss.PageAsync("content/site-visit/SV-0001"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.SendFormAsync("types", "types?handler=BringBack&no=1")).StatusCode);
    }

    [Theory]
    [InlineData("Spare part order", "spare-part-order", "SparePartOrder")]
    [InlineData("Kunden-Nr. 2", "kunden-nr-2", "KundenNr2")]
    [InlineData("2nd Café's visit", "nd-cafes-visit", "NdCafesVisit")]
    [InlineData("线索", "type-1", "Field1")]
    [InlineData(null, "type-1", "Field1")]
    public void Names_for_programs_come_from_what_people_say(string? english, string noun, string field)
    {
        Assert.Equal(noun, TypeNames.NounFor(english, _ => false));
        Assert.Equal(field, TypeNames.FieldFor(english, _ => false));
    }

    [Fact]
    public void A_taken_name_gets_a_number()
    {
        Assert.Equal("lead-3", TypeNames.NounFor("Lead", n => n is "lead" or "lead-2"));
        Assert.Equal("Lead2", TypeNames.FieldFor("lead", n => n == "Lead"));
    }
}
