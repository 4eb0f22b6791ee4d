using Microsoft.AspNetCore.Http;
using TcCrm.Platform.Data;
using TcCrm.Platform.Records;
using TcCrm.Ui;

namespace TcCrm.Platform.Shell;

/// <summary>Answers the palette: records by quick search, a few of each type that the user may see, then pages and actions.</summary>
public sealed class PaletteSearch(Navigation navigation, CrmDbContext db, IText text)
{
    const int OfEachType = 5;

    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(HttpContext http, string words, CancellationToken cancel)
    {
        var found = new List<PaletteEntry>();
        foreach (var type in navigation.RecordTypes) found.AddRange(await RecordsAsync(type, words, cancel));
        return [.. found.Select(e => e with { Href = Links.Resolve(http, e.Href) })];
    }

    async Task<IEnumerable<PaletteEntry>> RecordsAsync(RecordType type, string words, CancellationToken cancel)
    {
        var page = await type.ListAsync(db, RecordQuery.All with { Search = words, Size = OfEachType }, cancel);
        var found = (await NumberedAsync(type, words.Trim(), cancel)).Concat(page.Items).DistinctBy(r => r.Id).Take(OfEachType);
        return found.Select(r => new PaletteEntry(text[type.PluralKey], type.TitleOf(r), RecordLinks.Of(type, r), type.Icon, type.Number?.Text(r)));
    }

    /// <summary>Whoever types a whole number means that record, whatever else begins like it.</summary>
    async Task<IReadOnlyList<Record>> NumberedAsync(RecordType type, string number, CancellationToken cancel) => type.Number is null
        ? [] : (await type.ListAsync(db, RecordQuery.All with { Filters = [new(type.Number.Name, "eq", number)], Size = 1 }, cancel)).Items;
}
