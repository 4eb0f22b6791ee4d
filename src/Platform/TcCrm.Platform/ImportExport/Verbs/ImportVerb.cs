using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.ImportExport.Imports;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.ImportExport.Verbs;

/// <param name="MapFile">JSON: <c>{ "Header": "Field", "City": ["City", "Region"] }</c>, or that under <c>columns</c> beside <c>constants</c>; suggested when null.</param>
/// <param name="Match">Field, its label, or a column of the file; suggested when null and no map is given.</param>
/// <param name="ErrorFile">Where the rows go that are left out, as CSV.</param>
public sealed record ImportVerbOptions(string Tenant, string Type, string File, string? MapFile, string? Match, ImportMode Mode, string? Encoding, bool IsPreview, string? ErrorFile);

/// <summary><c>import --tenant NAME --type TYPE --file F …</c>: runs here and now, as the system; prints what happened as JSON.</summary>
public sealed class ImportVerb(TenantScopes scopes)
{
    const int MostPrinted = 1_000;
    static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="BusinessRuleException">Tenant, type, file or map are not good; nothing was written.</exception>
    public Task RunAsync(ImportVerbOptions options, TextWriter output, CancellationToken cancel) => scopes.RunAsync(options.Tenant, async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(db.Snapshot.Settings.Language);
        var type = db.Snapshot.RecordTypes.GetValueOrDefault(options.Type) ?? throw new BusinessRuleException("There is no record type '{0}'.", null, options.Type);
        if (!File.Exists(options.File)) throw new BusinessRuleException("There is no file '{0}'.", null, options.File);
        var text = services.GetRequiredService<IText>();
        using var file = TabularFile.Open(options.File, new() { Encoding = options.Encoding });
        var plan = PlanOf(options, type, file, services.GetRequiredService<ImportWorkshop>(), text);
        await using var errors = options.ErrorFile is null ? null : await ErrorFile.CreateAsync(options.ErrorFile, file.Header, text, cancel);
        var findings = new Findings(errors, text);
        var importer = services.GetRequiredService<Importer>();
        var report = options.IsPreview
            ? await importer.PreviewAsync(file, plan, p => findings.NoteAsync(p, cancel), cancel)
            : await importer.RunAsync(file, plan, new(), default, p => findings.NoteAsync(p, cancel), cancel);
        await output.WriteLineAsync(JsonSerializer.Serialize(new Printed(options.IsPreview, report, [.. findings.Problems.OrderBy(p => p.Line)], [.. findings.Warnings.OrderBy(w => w.Line)]), Readable));
        return true;
    }, cancel);

    static ImportPlan PlanOf(ImportVerbOptions options, RecordType type, TabularFile file, ImportWorkshop workshop, IText text)
    {
        var plan = workshop.Suggested(type, file, new() { RecordType = type.Name, Mode = options.Mode, Encoding = options.Encoding });
        if (options.MapFile is not null) plan = ColumnMapFile.Read(options.MapFile) is var (columns, constants) ? plan with { Columns = columns, Constants = constants, MatchField = null } : plan;
        return options.Match is null ? plan : plan with { MatchField = FieldOf(options.Match, type, plan, text) };
    }

    static string FieldOf(string match, RecordType type, ImportPlan plan, IText text) =>
        type.Find(match)?.Name
        ?? plan.Columns.FirstOrDefault(c => c.Header.Equals(match, StringComparison.OrdinalIgnoreCase))?.Fields[0]
        ?? type.Fields.FirstOrDefault(f => Labels.InEveryLanguage(text, f.LabelKey).Contains(match, StringComparer.OrdinalIgnoreCase))?.Name
        ?? throw new BusinessRuleException("There is no field '{0}'.", null, match);

    sealed record Printed(bool Preview, ImportReport Counts, IReadOnlyList<Finding> Problems, IReadOnlyList<Finding> Warnings);

    sealed record Finding(int Line, string Column, string Reason);

    sealed class Findings(ErrorFile? errors, IText text)
    {
        public List<Finding> Problems { get; } = [];
        public List<Finding> Warnings { get; } = [];

        public async Task NoteAsync(ImportProgress progress, CancellationToken cancel)
        {
            Add(Problems, progress.Refused.SelectMany(r => r.Problems));
            Add(Warnings, progress.Warnings);
            if (errors is null) return;
            foreach (var row in progress.Refused) await errors.WriteAsync(row.Line, row.Problems.Select(p => (p.Header, p.Problem.Message(text))), row.Cells, cancel);
        }

        void Add(List<Finding> to, IEnumerable<RowProblem> problems) =>
            to.AddRange(problems.Take(MostPrinted - to.Count).Select(p => new Finding(p.Line, p.Header, p.Problem.Message(text))));
    }
}
