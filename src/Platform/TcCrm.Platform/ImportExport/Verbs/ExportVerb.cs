using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.ImportExport.Exports;
using TcCrm.Platform.ImportExport.Files;
using TcCrm.Platform.Records;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.ImportExport.Verbs;

/// <param name="Filters"><c>field:operator:value</c>.</param>
/// <param name="Sort">Field, with '-' for falling; by number when null, so that two exports of the same records are alike.</param>
/// <param name="Columns">All fields when null.</param>
/// <param name="Out">XLSX if it ends so, else CSV.</param>
public sealed record ExportVerbOptions(string Tenant, string Type, IReadOnlyList<string> Filters, string? Sort, IReadOnlyList<string>? Columns, string? Encoding, string Out);

/// <summary><c>export --tenant NAME --type TYPE [--filter …] --out F</c>.</summary>
public sealed class ExportVerb(TenantScopes scopes)
{
    /// <returns>Rows written.</returns>
    /// <exception cref="BusinessRuleException">Tenant, type, field or encoding are not known.</exception>
    /// <exception cref="BadFilterException">A filter or the sort cannot be understood.</exception>
    public Task<int> RunAsync(ExportVerbOptions options, CancellationToken cancel) => scopes.RunAsync(options.Tenant, async services =>
    {
        var db = services.GetRequiredService<CrmDbContext>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(db.Snapshot.Settings.Language);
        var type = db.Snapshot.RecordTypes.GetValueOrDefault(options.Type) ?? throw new BusinessRuleException("There is no record type '{0}'.", null, options.Type);
        IReadOnlyList<Field> fields = options.Columns is null ? type.Fields : [.. options.Columns.Select(c => type.Find(c) ?? throw new BusinessRuleException("There is no field '{0}'.", null, c))];
        var query = new RecordQuery([.. options.Filters.Select(RecordQueryText.ParseFilter)], null, options.Sort ?? type.Number?.Name, null, 200);
        var kind = options.Out.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? TabularKind.Xlsx : TabularKind.Csv;
        var encoding = options.Encoding is null ? null : TextEncodings.Named(options.Encoding);
        var draft = options.Out + ".part";
        int rows;
        await using (var stream = File.Create(draft))
            rows = await services.GetRequiredService<Exporter>().WriteAsync(new(type, fields, query, kind, encoding), stream, cancel);
        File.Move(draft, options.Out, overwrite: true);
        return rows;
    }, cancel);
}
