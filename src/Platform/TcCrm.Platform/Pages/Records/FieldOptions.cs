using Microsoft.EntityFrameworkCore;
using TcCrm.Platform.Data;
using TcCrm.Platform.Fields;
using TcCrm.Platform.Identity;
using TcCrm.Platform.Permissions;
using TcCrm.Platform.Records;
using TcCrm.Platform.Regions;
using TcCrm.Platform.Shell;
using TcCrm.Platform.Tenants;

namespace TcCrm.Platform.Pages.Records;

/// <summary>Something that a field could hold.</summary>
public sealed record FieldOption(string Value, string Label, string? Hint = null);

/// <summary>What somebody may mean by the words typed into a field that points to records, users or regions.</summary>
public sealed class FieldOptions(CrmDbContext db, Access access, RecordLabels labels)
{
    const int Most = 20;

    public async Task<IReadOnlyList<FieldOption>> FindAsync(Field field, string words, CancellationToken cancel) => field switch
    {
        { Kind.Name: "region" } => Regions(words),
        { Kind.Name: "user" } => await UsersAsync(words, cancel),
        { LookupType: { } type } when access.TypeOf(type) is { } target => await RecordsAsync(target, words, cancel),
        _ => [],
    };

    /// <summary>What the id or code is called; null when it is none.</summary>
    public async Task<string?> NameAsync(Field field, string value, CancellationToken cancel)
    {
        if (field.Kind.Name == "region") return Divisions.Find(value) is null ? null : Divisions.NameOf(value);
        if (!Guid.TryParse(value, out var id)) return null;
        await labels.LoadAsync([(field, id)], cancel);
        return labels.Of(field, id)?.Text;
    }

    /// <summary>The one option that the words name: by its exact label, else because there is no other.</summary>
    public static FieldOption? Meant(IReadOnlyList<FieldOption> options, string words) =>
        options.Where(o => o.Label.Equals(words, StringComparison.OrdinalIgnoreCase) || o.Hint?.Equals(words, StringComparison.OrdinalIgnoreCase) == true).ToList() is [var exact] ? exact
        : options is [var only] ? only : null;

    static IReadOnlyList<FieldOption> Regions(string words) => words.Length == 0
        ? [.. Divisions.Children("").Select(d => new FieldOption(d.Code, d.Name))]
        : [.. Named("", words).Take(Most).Select(d => new FieldOption(d.Code, Divisions.NameOf(d.Code), d.Code))];

    /// <summary>Divisions whose name begins with the last word; what stands before narrows it: 浙江 西.</summary>
    static IEnumerable<Division> Named(string code, string words)
    {
        var (within, start) = words.LastIndexOf(' ') is >= 0 and var at && Divisions.TryParse(words[..at]) is { } found ? (found, words[(at + 1)..]) : (code, words);
        var exact = Divisions.TryParse(words) is { } whole ? Below(whole).Prepend(Divisions.Find(whole)!) : [];
        return exact.Concat(Below(within).Where(d => d.Name.StartsWith(start, StringComparison.Ordinal) || d.Code.StartsWith(start, StringComparison.Ordinal))).Distinct();
    }

    static IEnumerable<Division> Below(string code) => Divisions.Children(code).SelectMany(d => Below(d.Code).Prepend(d));

    async Task<IReadOnlyList<FieldOption>> UsersAsync(string words, CancellationToken cancel)
    {
        var users = db.Set<CrmUser>().AsNoTracking().Where(u => u.IsEnabled);
        var upper = words.ToUpperInvariant();
        if (words.Length > 0) users = users.Where(u => u.DisplayName.Contains(words) || u.NormalizedUserName!.Contains(upper));
        var found = await users.OrderBy(u => u.DisplayName).ThenBy(u => u.UserName).Take(Most).ToListAsync(cancel);
        return [.. found.Select(u => new FieldOption(u.Id.ToString(), u.Called, u.UserName))];
    }

    async Task<IReadOnlyList<FieldOption>> RecordsAsync(RecordType type, string words, CancellationToken cancel)
    {
        var page = await type.ListAsync(db, RecordQuery.All with { Search = words.Length > 0 ? words : null, Size = Most }, cancel);
        return [.. page.Items.Select(r => new FieldOption(r.Id.ToString(), type.TitleOf(r), type.Number?.Text(r)))];
    }
}
