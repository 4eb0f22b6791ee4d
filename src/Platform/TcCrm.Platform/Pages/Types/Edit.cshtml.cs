using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Definitions.Changing;
using TcCrm.Platform.Definitions.Editing;
using TcCrm.Platform.Definitions.Storage;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Text;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Types;

/// <summary>The fields and sections of a type. Each step sends the whole draft and gets the editor back, so that it works without script as well; nothing is stored until it is saved.</summary>
[Permission(PlatformPermissions.DefineTypes)]
public sealed class EditModel(CrmDbContext db, DefineTypes define, Consequences consequences, CodeRecordTypes code, RecordLabels labels, IText text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "type")] public string TypeName { get; set; } = "";
    [BindProperty(Name = "draft")] public string? Draft { get; set; }
    [BindProperty(Name = "back")] public string? Back { get; set; }
    [BindProperty(Name = "version")] public string? Version { get; set; }
    [BindProperty(Name = "open")] public string? Open { get; set; }
    [BindProperty(Name = "step")] public string? Step { get; set; }
    [BindProperty(Name = "Answers")] public Dictionary<int, string?> Answered { get; set; } = [];
    [BindProperty(Name = "Field")] public FieldSettings Settings { get; set; } = new();
    [BindProperty(Name = "Type")] public TypeSettings TypeSettings { get; set; } = new();
    [BindProperty(Name = "Section")] public TypeSettings SectionSettings { get; set; } = new();

    const int MostChoices = 50;
    StoredDefinition? _row;
    IReadOnlyList<ValueChange> _answers = [];
    TypeDefinition _stored = null!;
    readonly List<FormProblem> _problems = [];
    HashSet<int> _wrong = [];
    OtherChange? _other;
    IReadOnlyList<Consequence> _concerned = [];
    Dictionary<int, RecordProblem> _unanswerable = [];
    JobProgress? _progress;

    public EditorView View { get; private set; } = null!;
    RecordType Type => db.Snapshot.RecordTypes[TypeName];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (Import.ImportWatch.IsAsked(Request)) return Import.ImportWatch.Answer(this, _progress);
        Version = VersionNow;
        var draft = TypeDraft.Of(_stored);
        Show(new(draft, draft.Fields.Count > 0 ? "f0" : "t"));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (ReadDraft(Draft) is not { } sent) return BadRequest();
        var at = new Editing(sent, Open ?? "t");
        if (Step == "undo" && ReadDraft(Back) is { } back) return Answer(at with { Draft = back, Open = "t", Focus = "panel", Said = new("", "The last step is undone") }, back: null);
        if (Typed(at) is not { } typed) return Answer(at, Back, keepsTyped: true);
        if (Step?.Split(':')[0] == "save") return await SaveAsync(typed, cancel);
        if (Step == "merge") return await MergedAsync(typed, cancel);
        var next = await WithChoicesAsync(DraftSteps.Apply(typed, Step ?? ""), cancel);
        return Answer(next, next.Draft.Fields.Count == typed.Draft.Fields.Count && next.Draft.ToJson() == typed.Draft.ToJson() ? Back : typed.Draft.ToJson());
    }

    /// <summary>The form as the draft would give it, with what is typed at this moment.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(cancel)) return NotFound();
        if (ReadDraft(Draft) is not { } sent) return BadRequest();
        return Partial("_Preview", PreviewForm.Of((Typed(new(sent, Open ?? "t")) ?? new(sent, "t")).Draft, db, code, labels));
    }

    string VersionNow => _row?.Version.ToString(CultureInfo.InvariantCulture) ?? "";

    async Task<bool> LoadAsync(CancellationToken cancel)
    {
        if (!db.Snapshot.RecordTypes.ContainsKey(TypeName)) return false;
        _row = await define.FindAsync(TypeName, cancel);
        _stored = _row is null ? new TypeDefinition { Name = TypeName } : TypeDefinition.Read(_row.Json);
        _progress = _stored.Pending.Count == 0 ? null : await TypeProgress.OfAsync(db, TypeName, _row!.Id, text, cancel);
        return true;
    }

    TypeDraft? ReadDraft(string? json)
    {
        try
        {
            var draft = TypeDraft.Read(json ?? "");
            return draft with { Type = draft.Type with { Name = _stored.Name } };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The draft with what is typed into the open panel; null when that cannot be read.</summary>
    Editing? Typed(Editing at)
    {
        var problems = new List<RecordProblem>();
        var draft = at switch
        {
            { Field: { } field } => Settings.Into(at.Draft, field, problems),
            { Section: { } section } => at.Draft.With(section, Wordings.Of(SectionSettings.Chinese, SectionSettings.English)),
            _ => at.Draft.Type.IsMade ? TypeSettings.Into(at.Draft) : at.Draft,
        };
        foreach (var problem in problems) AddAtSetting(problem.Field, problem.Message(text));
        return problems.Count == 0 ? at with { Draft = draft } : null;
    }

    async Task<IActionResult> SaveAsync(Editing at, CancellationToken cancel)
    {
        if (_row is not null && (Version ?? "") != VersionNow) return await StaleAsync(at, cancel);
        at = at with { Draft = at.Draft.Settled(Type) };
        var wish = at.Draft.ToDefinition(_stored);
        try
        {
            if (define.ProblemsOf(wish).Count == 0 && !await IsAgreedAsync(wish, cancel)) return Answer(at, Back);
            var problems = await define.SaveAsync(wish, _row?.Version, _answers, cancel);
            if (problems.Count == 0) return this.Done($"~/types/{TypeName}", new(text["{0} saved", wish.Labels.Shown ?? text[TypeName]]));
            return Answer(Named(at, wish, problems), Back);
        }
        catch (BusinessRuleException refused)
        {
            _problems.Add(new(refused.Text(text)));
            return Answer(at, Back);
        }
    }

    async Task<bool> IsAgreedAsync(TypeDefinition wish, CancellationToken cancel)
    {
        var concerned = await consequences.OfAsync(wish, _stored, cancel);
        if (concerned.Count == 0) return true;
        _answers = Answers.Read(concerned, Answered, wish, code.Kinds, db.Snapshot.Settings.FieldContext, _unanswerable);
        if (_unanswerable.Count == 0 && Step == "save:" + Consequences.DigestOf(concerned)) return true;
        _concerned = concerned;
        return false;
    }

    /// <summary>A field that becomes a choice offers what records say in it.</summary>
    async Task<Editing> WithChoicesAsync(Editing at, CancellationToken cancel)
    {
        if (Step?.StartsWith("kind:", StringComparison.Ordinal) != true || at.Field is not { } index || at.Draft.Fields[index] is not { Kind: "choice" or "multi-choice", Options.Count: 0, Slot: > 0 } field || Type.Find(field.Name) is not { } known) return at;
        var words = await consequences.WordsOfAsync(Type, known, MostChoices, cancel);
        return at with { Draft = at.Draft.With(index, field with { Options = [.. words.Select(w => new OptionDefinition("", Wordings.Of(w, null)))] }) };
    }

    /// <summary>Opens the first field with a problem; all of them are listed above.</summary>
    Editing Named(Editing at, TypeDefinition wish, IReadOnlyList<RecordProblem> problems)
    {
        var byField = problems.Select(p => (Index: wish.Fields.ToList().FindIndex(f => f.Name.Equals(p.Field, StringComparison.OrdinalIgnoreCase)), Problem: p)).ToList();
        _wrong = [.. byField.Where(p => p.Index >= 0).Select(p => p.Index)];
        foreach (var (index, problem) in byField)
            _problems.Add(index < 0 ? new(problem.Message(text)) : new($"{wish.Fields[index].Labels.Shown ?? wish.Fields[index].Name} · {problem.Message(text)}", $"row{index}"));
        if (_wrong.Count == 0) return at;
        var open = at.Field is { } field && _wrong.Contains(field) ? field : _wrong.Min();
        foreach (var (_, problem) in byField.Where(p => p.Index == open)) ModelState.AddModelError("Field." + SettingNames.Of(problem.Key), problem.Message(text));
        return at with { Open = "f" + open.ToString(CultureInfo.InvariantCulture) };
    }

    void AddAtSetting(string setting, string message)
    {
        ModelState.AddModelError("Field." + setting, message);
        _problems.Add(new(message, "Field_" + setting));
    }

    async Task<IActionResult> StaleAsync(Editing at, CancellationToken cancel)
    {
        var (begun, by, when) = (await BegunAsync(cancel), await db.Set<PastDefinition>().AsNoTracking().Where(p => p.DefinitionId == _row!.Id).OrderByDescending(p => p.Version).Select(p => p.UserId).FirstOrDefaultAsync(cancel), TimeZoneInfo.ConvertTimeFromUtc(_row!.ModifiedAt, db.Snapshot.Settings.Zone));
        await labels.LoadUsersAsync([by], cancel);
        _other = new(labels.UserName(by), when.ToMinute(), [.. MergeDrafts.Differences(begun, _stored)]);
        return Answer(at, Back);
    }

    async Task<IActionResult> MergedAsync(Editing at, CancellationToken cancel)
    {
        var begun = await BegunAsync(cancel);
        var merged = TypeDraft.Of(MergeDrafts.Of(begun, at.Draft.ToDefinition(begun), _stored));
        Version = VersionNow;
        return Answer(new(merged, "t") { Focus = "panel", Said = new("", "Your changes stand on what the other has saved. Look it over and save.") }, back: null);
    }

    async Task<TypeDefinition> BegunAsync(CancellationToken cancel) =>
        _row is not null && int.TryParse(Version, CultureInfo.InvariantCulture, out var version) && await db.Set<PastDefinition>().AsNoTracking().Where(p => p.DefinitionId == _row.Id && p.Version == version).Select(p => p.Json).FirstOrDefaultAsync(cancel) is { } json
            ? TypeDefinition.Read(json) : new TypeDefinition { Name = TypeName };

    IActionResult Answer(Editing at, string? back, bool keepsTyped = false)
    {
        Back = back;
        Show(at, keepsTyped);
        if (_problems.Count > 0 || _other is not null || _concerned.Count > 0) return this.Refused("_Editor", View);
        return this.IsHtmx() ? Partial("_Editor", View) : Page();
    }

    void Show(Editing at, bool keepsTyped = false)
    {
        var isDirty = keepsTyped || at.Draft.ToDefinition(_stored).ToJson() != TypeDraft.Of(_stored).ToDefinition(_stored).ToJson();
        View = new(Type, at, Version ?? "", isDirty, Back)
        {
            Settings = keepsTyped || at.Field is not { } field ? Settings : FieldSettings.Of(at.Draft.Fields[field], at.Draft.Type.Columns.Contains(at.Draft.Fields[field].Name)),
            TypeSettings = at.Section is { } section ? new() { Chinese = at.Draft.Sections[section].Labels.Chinese, English = at.Draft.Sections[section].Labels.English } : TypeSettings.Of(at.Draft.Type),
            Problems = _problems,
            Wrong = _wrong,
            Other = _other,
            Concerned = _concerned,
            Answers = Answered,
            Unanswerable = _unanswerable.ToDictionary(p => p.Key, p => p.Value.Message(text)),
            Progress = _progress,
            IsPending = _stored.Pending.Count > 0 && _progress is null,
            Zone = db.Snapshot.Settings.Zone,
            Followed = isDirty || _stored.Pending.Count > 0 ? null : _stored.Followed,
            FormulaNames = at.Field is { } open ? [.. at.Draft.FormulaFields(Type, open, text)] : [],
            Preview = PreviewForm.Of(at.Draft, db, code, labels),
            Types = [.. db.Snapshot.RecordTypes.Values.OrderBy(t => text[t.Name], StringComparer.CurrentCulture)],
        };
    }
}
