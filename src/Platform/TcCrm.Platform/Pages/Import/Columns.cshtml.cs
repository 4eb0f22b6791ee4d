using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Fields.Kinds;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Ui;

namespace TcCrm.Platform.Pages.Import;

/// <summary>One line of the table. <paramref name="Chosen"/> is the names of the fields, joined by plus signs; empty leaves the column out.</summary>
public sealed record ColumnChoice(string Header, string Sample, string Chosen, bool IsSuggested);

public sealed class ColumnsModel(ImportWorkshop workshop, ImportFiles files, Importer importer, IText text) : PageModel
{
    public OpenImport Draft { get; private set; } = null!;
    public IReadOnlyList<ColumnChoice> Columns { get; private set; } = [];
    public IReadOnlyList<FormProblem> Problems { get; private set; } = [];
    public bool IsText { get; private set; }
    public IReadOnlyList<(string Value, string Label)> Encodings { get; private set; } = [];
    public IReadOnlyList<(string Value, string Label)> Delimiters { get; private set; } = [];
    [BindProperty] public string? Encoding { get; set; } = "";
    [BindProperty] public string? Delimiter { get; set; } = "";
    [BindProperty] public string? FirstRow { get; set; } = "header";
    [BindProperty] public List<string?> Fields { get; set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        Draft = draft;
        return Show(draft.Plan);
    }

    /// <summary>Other characters, another delimiter: the columns are other ones, so the mapping starts anew.</summary>
    public async Task<IActionResult> OnPostRereadAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        Draft = draft;
        var plan = Read(draft.Plan);
        try
        {
            using var file = files.Open(id, plan);
            await workshop.ChangeAsync(draft.Import, workshop.Suggested(draft.Type, file, plan), cancel);
        }
        catch (BusinessRuleException refused)
        {
            return Show(draft.Plan, [new(refused.Text(text))]);
        }
        return Redirect($"~/import/{id}/columns");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (await workshop.OpenAsync(id, cancel) is not { } draft) return NotFound();
        if (draft.IsStarted) return Redirect($"~/import/{id}/run");
        Draft = draft;
        using var file = files.Open(id, draft.Plan);
        var columns = file.Header.Zip(Fields, (header, fields) => new ImportColumn(header, (fields ?? "").Split('+', StringSplitOptions.RemoveEmptyEntries))).Where(c => c.Fields.Count > 0).ToList();
        var plan = draft.Plan with { Columns = columns };
        if (importer.Check(file, plan with { MatchField = null, Mode = ImportMode.Add }) is { Count: > 0 } problems)
            return Show(plan, [.. problems.Select(p => new FormProblem(p.Message(text)))]);
        await workshop.ChangeAsync(draft.Import, plan with { MatchField = MapSuggestion.StillMapped(plan) ?? MapSuggestion.MatchField(draft.Type, columns) }, cancel);
        return Redirect($"~/import/{id}/match");
    }

    /// <summary>The fields that may be chosen, with their labels; a combination if the column has one.</summary>
    public IEnumerable<(string Value, string Label)> OptionsOf(ColumnChoice column)
    {
        if (column.Chosen.Contains('+', StringComparison.Ordinal)) yield return (column.Chosen, string.Join(" + ", column.Chosen.Split('+').Select(f => LabelOf(Draft.Type.Find(f)!))));
        foreach (var field in Draft.Type.Fields.Where(f => !f.IsReadOnly || f.NumberPattern is not null)) yield return (field.Name, LabelOf(field));
    }

    string LabelOf(Field field) => text[field.LabelKey] + (field.IsRequired ? " *" : "");

    PageResult Show(ImportPlan plan, IReadOnlyList<FormProblem>? problems = null)
    {
        using var file = files.Open(Draft.Import.Id, Draft.Plan);
        var samples = file.Rows().Take(20).ToList();
        var suggested = workshop.Suggested(Draft.Type, file, plan).Columns.ToDictionary(c => c.Header, c => string.Join('+', c.Fields));
        var closed = workshop.ClosedColumns(Draft.Import);
        Columns = [.. file.Header.Select((header, i) =>
        {
            var chosen = string.Join('+', plan.Columns.FirstOrDefault(c => c.Header == header)?.Fields ?? []);
            var sample = samples.Select(r => r.Cells[i]).FirstOrDefault(c => c.Length > 0) ?? "";
            return new ColumnChoice(header, sample.Length > 0 && closed.Contains(header) ? MaskedKind.Stars : sample, chosen, chosen == suggested.GetValueOrDefault(header, ""));
        })];
        Problems = problems ?? [];
        if (Problems.Count > 0) Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        OfferReading(file, plan);
        return Page();
    }

    void OfferReading(TabularFile file, ImportPlan plan)
    {
        IsText = file.Kind == TabularKind.Csv;
        (Encoding, Delimiter, FirstRow) = (plan.Encoding ?? "", plan.Delimiter?.ToString() ?? "", plan.FirstRowIsHeader ? "header" : "data");
        Encodings = [("", text["{0} (recognised)", (file.Encoding ?? "").ToUpperInvariant()]), ("utf-8", "UTF-8"), ("gb18030", "GB18030 / GBK"), ("big5", "Big5"), ("utf-16", "UTF-16")];
        Delimiters = [("", text["{0} (recognised)", file.Delimiter == '\t' ? text["Tab"] : $"{file.Delimiter}"]), (",", text["Comma"]), (";", text["Semicolon"]), ("\t", text["Tab"]), ("|", "|")];
    }

    ImportPlan Read(ImportPlan plan) => plan with
    {
        Encoding = string.IsNullOrEmpty(Encoding) ? null : Encoding,
        Delimiter = Delimiter is { Length: 1 } ? Delimiter[0] : null,
        FirstRowIsHeader = FirstRow != "data",
    };
}
