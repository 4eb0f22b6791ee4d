using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using TcCrm.Platform.Data;
using TcCrm.Platform.Definitions;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Pages.Records;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Types;

/// <summary>What the company calls a module's type, its fields and choices, in both languages.</summary>
[Permission(PlatformPermissions.DefineTypes)]
public sealed class WordsModel(CrmDbContext db, TypeWords words, IText text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "type")] public string TypeName { get; set; } = "";
    [BindProperty] public Dictionary<string, string?> Chinese { get; set; } = [];
    [BindProperty] public Dictionary<string, string?> English { get; set; } = [];
    [BindProperty] public string Version { get; set; } = "";

    IReadOnlyDictionary<string, string> _wrong = new Dictionary<string, string>();

    public RecordType Type { get; private set; } = null!;
    public IReadOnlyList<TypeWord> OfType { get; private set; } = [];
    public IReadOnlyList<(Field Field, IReadOnlyList<TypeWord> Words)> OfFields { get; private set; } = [];
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (!Load()) return NotFound();
        Version = words.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Load()) return NotFound();
        OfType = [.. OfType.Select(Typed)];
        OfFields = [.. OfFields.Select(f => (f.Field, (IReadOnlyList<TypeWord>)[.. f.Words.Select(Typed)]))];
        TypeWord[] all = [.. OfType, .. OfFields.SelectMany(f => f.Words)];
        if (TypeWords.Problems(all).ToList() is { Count: > 0 } problems)
        {
            _wrong = problems.DistinctBy(p => p.Field).ToDictionary(p => p.Field, p => p.Message(text));
            return Again([.. problems.Select(p => new FormProblem(p.Message(text), TagBuilder.CreateSanitizedId(p.Field, "_")))]);
        }
        try
        {
            await words.SaveAsync(Type, all, Version, cancel);
            return this.Done($"~/types/{Type.Name}/words", new(text["{0} saved", text[Type.PluralKey]]));
        }
        catch (BusinessRuleException refused)
        {
            Version = words.Version;
            return Again([new(refused.Text(text))]);
        }
    }

    public string? WrongAt(string key, string culture) => _wrong.GetValueOrDefault($"{key}.{culture}");

    bool Load()
    {
        if (db.Snapshot.RecordTypes.GetValueOrDefault(TypeName) is not { IsMade: false } type) return false;
        Type = type;
        OfType = words.OfType(type);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        OfFields = [.. TypeWords.Fields(type).Select(f => (f, (IReadOnlyList<TypeWord>)[.. words.OfField(f).Where(w => seen.Add(w.Key))]))];
        return true;
    }

    TypeWord Typed(TypeWord word) => word with { Own = Wordings.Of(Chinese.GetValueOrDefault(word.Key), English.GetValueOrDefault(word.Key)) };

    PageResult Again(IReadOnlyList<FormProblem> problems)
    {
        Problems = problems;
        Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
