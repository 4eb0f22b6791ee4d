using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Organisation;
using TcCrm.Platform.Pages.Account;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Roles;

/// <summary>How far a role reaches on one record type, and what it leaves of each field.</summary>
public sealed class TypeModel(RoleNarrowings narrowings, UnitTree tree, CrmDbContext db, IText text) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true, Name = "type")] public string TypeName { get; set; } = "";
    /// <summary>In the order of <see cref="RoleNarrowings.Rights"/>.</summary>
    [BindProperty] public List<ReachForm> Reaches { get; set; } = [];
    [BindProperty] public Dictionary<string, FieldLevel> Levels { get; set; } = [];

    public CrmRole Role { get; private set; } = null!;
    public RecordType Type { get; private set; } = null!;
    public IReadOnlyList<UnitNode> Units { get; private set; } = [];
    public bool IsAdministrator => Role.Name == CrmRole.Administrator;
    public bool IsOwned => Type.Class.IsAssignableTo(typeof(IOwned));
    public IEnumerable<ReachKind> Kinds => IsOwned ? Enum.GetValues<ReachKind>() : [ReachKind.All, ReachKind.Own, ReachKind.Matching];

    public static IEnumerable<FieldLevel> LevelsOf(Field field) => Enum.GetValues<FieldLevel>().Reverse().Where(l => l != FieldLevel.Hidden || !(field.IsRequired || field.IsTitle));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        var present = await narrowings.ReadAsync(Role.Id, Type.Name, cancel);
        Reaches = [.. RoleNarrowings.Rights.Select(right => ReachForm.Of(present.Reaches.FirstOrDefault(r => r.Right == right)).WithSpareRows())];
        Levels = Type.Fields.ToDictionary(f => f.Name, f => present.Fields.FirstOrDefault(r => r.Field == f.Name)?.Level ?? FieldLevel.Open);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Reaches.Count != RoleNarrowings.Rights.Count) return BadRequest();
        await CheckAsync(cancel);
        try
        {
            if (ModelState.IsValid)
            {
                await narrowings.SaveAsync(Role, Type.Name, Chosen(), cancel);
                HttpContext.ToastAfterRedirect(new(text["Saved"]));
                return LocalRedirect($"{Request.PathBase}/roles/{Role.Id}");
            }
        }
        catch (BusinessRuleException refused)
        {
            ModelState.Add(refused, text);
        }
        foreach (var form in Reaches) form.WithSpareRows();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (await db.Roles.FindAsync([Id], cancel) is not { } role || !db.Snapshot.RecordTypes.TryGetValue(TypeName, out var type)) return false;
        (Role, Type) = (role, type);
        if (IsOwned) Units = await tree.ReadAllAsync(cancel);
        return true;
    }

    RoleNarrowing Chosen() => new(
        [.. RoleNarrowings.Rights.Select((right, i) => Reaches[i].Reach(Role.Id, right, Type))],
        [.. Type.Fields.Where(f => Levels.ContainsKey(f.Name)).Select(f => new FieldRule { RoleId = Role.Id, RecordType = Type.Name, Field = f.Name, Level = Levels[f.Name] })]);

    async Task CheckAsync(CancellationToken cancel)
    {
        for (var i = 0; i < Reaches.Count; i++) await CheckAsync(Reaches[i], $"Reaches[{i}]", cancel);
        foreach (var field in Type.Fields.Where(f => Levels.TryGetValue(f.Name, out var level) && !LevelsOf(f).Contains(level)))
            ModelState.AddModelError($"Levels[{field.Name}]", text["{0} must be filled in or names the record, so it cannot be hidden.", text[field.LabelKey]]);
    }

    async Task CheckAsync(ReachForm form, string at, CancellationToken cancel)
    {
        form.Conditions = [.. form.Filled]; // so that a row and its message keep the same place
        if (!Kinds.Contains(form.Kind)) ModelState.AddModelError($"{at}.Kind", text["Choose one of the listed values."]);
        var known = Units.SelectMany(u => u.Flat).Select(u => u.Unit.Id).ToHashSet();
        if (form.Kind == ReachKind.ChosenUnits && (form.Units.Count == 0 || !form.Units.All(known.Contains))) ModelState.AddModelError($"{at}.Units", text["Choose at least one unit."]);
        if (form.Kind != ReachKind.Matching) return;
        if (form.Conditions.Count == 0) ModelState.AddModelError($"{at}.Kind", text["Add at least one condition."]);
        for (var row = 0; row < form.Conditions.Count; row++)
            if (await form.Conditions[row].ProblemAsync(Type, db, text, cancel) is { } problem) ModelState.AddModelError($"{at}.Conditions[{row}].Value", problem);
    }
}
