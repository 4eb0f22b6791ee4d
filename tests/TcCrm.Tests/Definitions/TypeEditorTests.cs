using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Definitions;
using TcCrm.Tests.Pages;

namespace TcCrm.Tests.Definitions;

/// <summary>The editor without a script: every step is a form post that answers with the whole draft.</summary>
public sealed partial class TypeEditorTests
{
    const string Page = "types/customers.customer";

    [Fact]
    public async Task Fields_are_added_moved_and_saved_and_two_people_lose_nothing()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        using var other = await host.BrowserOfAsync("admin");
        await AddsAChoiceAsync(host, boss);
        await KeepsWhatCannotBeReadAsync(boss);
        await MergesWhatAnotherHasSavedAsync(host, boss, other);
        await AsksBeforeItConcernsRecordsAsync(host, boss);
        using var clerk = await host.BrowserOfAsync("staff");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync("types/content.nothing")).StatusCode);
    }

    static async Task AddsAChoiceAsync(PagesHost host, HttpClient boss)
    {
        var start = await boss.GetStringAsync(Page);
        Assert.Contains("Field of the module", start, StringComparison.Ordinal);
        var added = await StepAsync(boss, start, "add:choice");
        var named = await StepAsync(boss, added, "add:number", ("Field.English", "Visit rhythm"), ("Field.HintEnglish", "How often somebody goes there"), ("Field.IsColumn", "true"),
            ("Field.Options[0].Value", ""), ("Field.Options[0].English", "Weekly"), ("Field.Options[0].Tone", "green"), ("Field.Options[1].Value", ""), ("Field.Options[1].Chinese", "每月"));
        var moved = await StepAsync(boss, named, "up:1", ("Field.English", "Shelves"), ("Field.Min", "1"), ("Field.Max", "40"));
        Assert.Contains("Shelves: place 1 of 2 in Further fields", moved, StringComparison.Ordinal);
        var saved = await SendAsync(boss, moved, "save", ("Field.English", "Shelves"), ("Field.Min", "1"), ("Field.Max", "40"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var definition = await ReadAsync(host);
        Assert.Equal(["Shelves", "VisitRhythm"], definition.Fields.Select(f => f.Name));
        Assert.Equal(["weekly", "option-1"], definition.Fields[1].Options.Select(o => o.Value));
        await IsUsedAsync(host, boss);
    }

    static async Task IsUsedAsync(PagesHost host, HttpClient boss)
    {
        var form = await boss.PageAsync("customers/customer/new");
        Assert.Contains("How often somebody goes there", form, StringComparison.Ordinal);
        await host.AddAsync("customers.customer", ("Name", "Mill"), ("VisitRhythm", "weekly"), ("Shelves", "12"));
        var list = await boss.PageAsync("customers/customer?filter=VisitRhythm:eq:weekly");
        Assert.Contains("""<span class="tc-tag tone-green">Weekly</span>""", list, StringComparison.Ordinal);
        Assert.Contains("visitRhythm", await boss.GetStringAsync("api/v1/openapi.json"), StringComparison.Ordinal);
        Assert.Contains("Visit rhythm", await boss.PageAsync("customers/customer/export"), StringComparison.Ordinal);
    }

    static async Task KeepsWhatCannotBeReadAsync(HttpClient boss)
    {
        var refused = await SendAsync(boss, await boss.GetStringAsync(Page), "open:f1", ("Field.English", "Shelves"), ("Field.Min", "many"), ("Field.Max", "40"));
        var text = await refused.TextAsync();
        Assert.Contains("value=\"many\"", text, StringComparison.Ordinal);
        Assert.Contains("Type a number.", text, StringComparison.Ordinal);
        Assert.Contains("name=\"open\" value=\"f0\"", text, StringComparison.Ordinal);
        var wrong = await (await SendAsync(boss, await boss.GetStringAsync(Page), "save", ("Field.English", "Shelves"), ("Field.Min", "50"), ("Field.Max", "40"))).TextAsync();
        Assert.Contains("The smallest value is greater than the largest.", wrong, StringComparison.Ordinal);
        Assert.Contains("To correct", wrong, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await boss.SendFormAsync(Page, null, ("draft", "{}"), ("step", "save"))).StatusCode);
    }

    static async Task MergesWhatAnotherHasSavedAsync(PagesHost host, HttpClient boss, HttpClient other)
    {
        var (mine, theirs) = (await boss.GetStringAsync(Page), await other.GetStringAsync(Page));
        theirs = await StepAsync(other, theirs, "add:date", ("Field.English", "Shelves"), ("Field.Max", "60"));
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(other, theirs, "save", ("Field.English", "Opened on"))).StatusCode);
        mine = await StepAsync(boss, mine, "add:text", ("Field.English", "Shelves"), ("Field.Min", "1"), ("Field.Max", "40"));
        var stale = await (await SendAsync(boss, mine, "save", ("Field.English", "Gate code"))).Content.ReadAsStringAsync();
        Assert.Contains("Opened on: New", stale, StringComparison.Ordinal);
        Assert.Contains("Shelves: Changed", stale, StringComparison.Ordinal);
        var merged = await StepAsync(boss, stale, "merge", ("Field.English", "Gate code"));
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, merged, "save")).StatusCode);
        var definition = await ReadAsync(host);
        Assert.Equal(["GateCode", "OpenedOn", "Shelves", "VisitRhythm"], definition.Fields.Select(f => f.Name).Order());
        Assert.Equal(60, definition.Find("Shelves")!.Max);
        Assert.Equal(definition.Fields.Count, definition.Fields.Select(f => f.Slot).Distinct().Count());
    }

    static async Task AsksBeforeItConcernsRecordsAsync(PagesHost host, HttpClient boss)
    {
        var index = (await ReadAsync(host)).Fields.ToList().FindIndex(f => f.Name == "Shelves");
        var open = await StepAsync(boss, await boss.GetStringAsync(Page), $"open:f{index}");
        (string, string)[] typed = [("Field.English", "Shelves"), ("Field.Min", "1"), ("Field.Max", "10")];
        var asked = await SendAsync(boss, open, "save", typed);
        var question = await asked.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("Shelves: Records above the largest value: 1.", question, StringComparison.Ordinal);
        Assert.Equal(60, (await ReadAsync(host)).Find("Shelves")!.Max);

        await host.AddAsync("customers.customer", ("Name", "Tower"), ("Shelves", "30"));
        var outdated = await SendAsync(boss, question, Agreed().Match(question).Value, typed);
        Assert.Equal(HttpStatusCode.OK, outdated.StatusCode);
        var again = await outdated.Content.ReadAsStringAsync();
        Assert.Contains("Records above the largest value: 2.", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, again, Agreed().Match(again).Value, typed)).StatusCode);
        Assert.Equal(10, (await ReadAsync(host)).Find("Shelves")!.Max);
    }

    [Fact]
    public async Task A_kind_is_changed_with_an_answer_for_what_is_there_and_brought_back()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        var field = await StepAsync(boss, await boss.GetStringAsync(Page), "add:text");
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, field, "save", ("Field.English", "Colour"), ("Field.Chinese", "颜色"))).StatusCode);
        await host.AddAsync("customers.customer", ("Name", "Mill"), ("Colour", "red"));
        await host.AddAsync("customers.customer", ("Name", "Tower"), ("Colour", "blue"));

        var told = await StepAsync(boss, await boss.GetStringAsync(Page), "kind:0:choice", ("Field.English", "Colour"), ("Field.Chinese", "颜色"));
        Assert.Contains("value=\"blue\"", told, StringComparison.Ordinal); // choices come from what records say
        (string, string)[] typed = [("Field.English", "Colour"), ("Field.Chinese", "颜色"), ("Field.Options[0].Value", ""), ("Field.Options[0].English", "red")];
        var asked = await (await SendAsync(boss, told, "save", typed)).Content.ReadAsStringAsync();
        Assert.Contains("Colour: Records whose value does not fit the new kind: 1.", asked, StringComparison.Ordinal);
        Assert.Contains(">blue</a>", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, asked, Agreed().Match(asked).Value, typed)).StatusCode);
        await FollowedAsync(boss);
        Assert.Contains("Mill", await boss.PageAsync("customers/customer?filter=Colour:eq:red"), StringComparison.Ordinal);

        var renamed = await StepAsync(boss, await boss.GetStringAsync(Page), "open:f0");
        (string, string)[] other = [("Field.English", "Colour"), ("Field.Options[0].Value", ""), ("Field.Options[0].English", "crimson")];
        var gone = await (await SendAsync(boss, renamed, "save", other)).Content.ReadAsStringAsync();
        Assert.Contains("Change it there to", gone, StringComparison.Ordinal);
        var refused = await (await SendAsync(boss, gone, Agreed().Match(gone).Value, [.. other, ("Answers[0]", "green")])).Content.ReadAsStringAsync();
        Assert.Contains("Choose one of the listed values.", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, refused, Agreed().Match(refused).Value, [.. other, ("Answers[0]", "crimson")])).StatusCode);
        await FollowedAsync(boss);
        Assert.Contains("Mill", await boss.PageAsync("customers/customer?filter=Colour:eq:crimson"), StringComparison.Ordinal);

        var back = await StepAsync(boss, await boss.GetStringAsync(Page), "back:1", ("Field.English", "Colour"), ("Field.Options[0].Value", "crimson"), ("Field.Options[0].English", "crimson"));
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, back, "save", ("Field.English", "Colour"), ("Field.Chinese", "原颜色"))).StatusCode);
        await FollowedAsync(boss);
        Assert.Contains("Tower", await boss.PageAsync("customers/customer?filter=Colour2:eq:blue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_is_typed_with_labels_and_refused_at_its_field()
    {
        await using var host = await PagesHost.StartAsync();
        using var boss = await host.BrowserOfAsync("admin");
        var one = await StepAsync(boss, await boss.GetStringAsync(Page), "add:number");
        var two = await StepAsync(boss, one, "add:number", ("Field.Chinese", "面积"), ("Field.English", "Area"));
        (string, string)[] typed = [("Field.Chinese", "租金"), ("Field.English", "Rent"), ("Field.Formula", "面积 * 年")];
        var refused = await (await SendAsync(boss, two, "save", typed)).TextAsync();
        Assert.Contains("There is no field '年' that a formula can use.", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"Area * 年\"", refused, StringComparison.Ordinal);
        typed[2] = ("Field.Formula", "面积 * 12");
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(boss, two, "save", typed)).StatusCode);
        Assert.Equal("Area * 12", (await ReadAsync(host)).Find("Rent")!.Formula);
        await FollowedAsync(boss);
        var form = await boss.PageAsync("customers/customer/new");
        Assert.Contains("f.Area", form, StringComparison.Ordinal);
        Assert.DoesNotContain("f.Rent", form, StringComparison.Ordinal);
        await host.AddAsync("customers.customer", ("Name", "Mill"), ("Area", "30"));
        Assert.Contains("Mill", await boss.PageAsync("customers/customer?filter=Rent:eq:360"), StringComparison.Ordinal);
    }

    static async Task FollowedAsync(HttpClient boss)
    {
        for (var tries = 0; (await boss.GetStringAsync(Page)).Contains("Records are following", StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 200, "The job did not end.");
            await Task.Delay(50);
        }
    }

    [GeneratedRegex("save:[0-9A-F]{16}")]
    private static partial Regex Agreed();

    static async Task<TypeDefinition> ReadAsync(PagesHost host) =>
        TypeDefinition.Read((await host.InAsync(services => services.GetRequiredService<DefineTypes>().FindAsync("customers.customer", default)))!.Json);

    static async Task<string> StepAsync(HttpClient browser, string page, string step, params (string Name, string Value)[] typed)
    {
        var answer = await SendAsync(browser, page, step, typed);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The page's own draft with what is typed over it, as the browser sends the form.</summary>
    static Task<HttpResponseMessage> SendAsync(HttpClient browser, string page, string step, params (string Name, string Value)[] typed)
    {
        var form = page[page.IndexOf("<form id=\"ty\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var kept = Hidden().Matches(form).Select(m => (Name: m.Groups[1].Value, Value: WebUtility.HtmlDecode(m.Groups[2].Value))).Where(h => !h.Name.StartsWith("Field.", StringComparison.Ordinal));
        return browser.PostAsync(Page, new FormUrlEncodedContent(kept.Concat(typed).Append(("step", step)).Select(v => KeyValuePair.Create(v.Item1, v.Item2))));
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]*)")(?=[^>]*value="([^"]*)")[^>]*>""")]
    private static partial Regex Hidden();
}
