using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Numbering;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Types;

/// <summary>A new type with what every type needs; the rest of its fields is made in the editor.</summary>
[Permission(PlatformPermissions.DefineTypes)]
public sealed class NewModel(CrmDbContext db, DefineTypes define, Access access, TimeProvider time, IText text) : PageModel
{
    public static readonly RecordRight[] Rights = [RecordRight.View, RecordRight.Create, RecordRight.Edit, RecordRight.Delete, RecordRight.Export, RecordRight.Import, RecordRight.Print];

    [BindProperty] public string? Chinese { get; set; }
    [BindProperty] public string? English { get; set; }
    [BindProperty] public string? EnglishPlural { get; set; }
    [BindProperty] public string? Noun { get; set; }
    [BindProperty] public string Icon { get; set; } = "file-text";
    [BindProperty] public string? TitleChinese { get; set; } = "名称";
    [BindProperty] public string? TitleEnglish { get; set; } = "Name";
    [BindProperty] public string? NumberPattern { get; set; }
    /// <summary>Role and right, with a colon between.</summary>
    [BindProperty] public List<string> Grants { get; set; } = [];

    public IReadOnlyList<CrmRole> Roles { get; private set; } = [];
    public bool MayGrant => access.May(PlatformPermissions.ManageRoles);
    public string NumberExample => ExampleOf(NumberPattern);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await ReadRolesAsync(cancel);
        Grants = [.. FirstGrants.Usual(Roles).Select(g => $"{g.Role}:{g.Right}")];
    }

    /// <summary>The address that the type would have.</summary>
    public IActionResult OnGetProposal(string? english, string? noun) => Content(AddressOf(english, noun), "text/plain; charset=utf-8");

    public IActionResult OnGetExample(string? numberPattern) => Content(ExampleOf(numberPattern), "text/plain; charset=utf-8");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await ReadRolesAsync(cancel);
        if (string.IsNullOrWhiteSpace(Chinese) && string.IsNullOrWhiteSpace(English)) ModelState.AddModelError(nameof(Chinese), text["Type a name for the type."]);
        if (!TypeIcons.All.Contains(Icon)) ModelState.AddModelError(nameof(Icon), text["Choose one of the listed values."]);
        var wish = Wish();
        if (ModelState.IsValid && db.Snapshot.RecordTypes.ContainsKey(wish.Name)) ModelState.AddModelError(nameof(Noun), text["There is a type '{0}' already.", wish.Name]);
        if (ModelState.IsValid && await MadeAsync(wish, cancel)) return this.Done($"~/types/{wish.Name}", new(text["{0} made", wish.Labels.Shown ?? wish.Name]));
        Response.StatusCode = 422;
        return Page();
    }

    public string AddressOf(string? english, string? noun) => "/content/" + NounOf(english, noun);

    string NounOf(string? english, string? noun) => string.IsNullOrWhiteSpace(noun)
        ? TypeNames.NounFor(english, n => db.Snapshot.RecordTypes.ContainsKey($"{TypeDefinition.Module}.{n}")) : noun.Trim().ToLowerInvariant();

    TypeDefinition Wish() => new()
    {
        Name = $"{TypeDefinition.Module}.{NounOf(English, Noun)}",
        Icon = Icon,
        Labels = new(Chinese?.Trim(), English?.Trim()),
        Plurals = string.IsNullOrWhiteSpace(EnglishPlural) ? Wordings.None : new(Chinese?.Trim(), EnglishPlural.Trim()),
        Fields =
        [
            .. string.IsNullOrWhiteSpace(NumberPattern) ? Array.Empty<FieldDefinition>() : [new() { Name = "Number", Kind = "text", Labels = new("编号", "Number"), NumberPattern = NumberPattern.Trim(), IsSearched = true, IsUnique = true, MaxLength = 40 }],
            new() { Name = "Name", Kind = "text", Labels = new(TitleChinese?.Trim(), TitleEnglish?.Trim()), IsTitle = true, IsRequired = true, IsSearched = true, MaxLength = 200 },
        ],
    };

    async Task<bool> MadeAsync(TypeDefinition wish, CancellationToken cancel)
    {
        try
        {
            var problems = await define.MakeAsync(wish, Granted(), cancel);
            foreach (var problem in problems) ModelState.AddModelError(problem.Field switch { "Number" => nameof(NumberPattern), "Name" => nameof(TitleChinese), _ => nameof(Noun) }, problem.Message(text));
            return problems.Count == 0;
        }
        catch (BusinessRuleException refused)
        {
            ModelState.AddModelError(nameof(Noun), refused.Text(text));
            return false;
        }
    }

    /// <summary>Who may not manage roles gives what every type gives.</summary>
    IReadOnlyList<(Guid, RecordRight)> Granted() => !MayGrant ? FirstGrants.Usual(Roles)
        : [.. Roles.SelectMany(role => Rights.Where(right => Grants.Contains($"{role.Id}:{right}")).Select(right => (role.Id, right)))];

    string ExampleOf(string? pattern)
    {
        if (string.IsNullOrWhiteSpace(pattern)) return text["No numbers"];
        try
        {
            return Numbering.NumberPattern.Parse(pattern.Trim()).Format(42, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), db.Snapshot.Settings.Zone).DateTime), "");
        }
        catch (BusinessRuleException refused)
        {
            return refused.Text(text);
        }
    }

    async Task ReadRolesAsync(CancellationToken cancel) => Roles = await db.Roles.AsNoTracking().Where(r => r.Name != CrmRole.Administrator).OrderBy(r => r.NormalizedName).ToListAsync(cancel);
}
