using PhoneNumbers;
using TcCrm.Platform.Text;

namespace TcCrm.Platform.Settings;

static class SettingRules
{
    const int LongestName = 100;

    public static IReadOnlyList<RecordProblem> ProblemsOf(SiteSettings wish) => [.. new (string Field, bool Good, string Key)[]
    {
        (nameof(wish.SiteName), wish.SiteName.Trim().Length is > 0 and <= LongestName, "Type a name of 1 to 100 characters."),
        (nameof(wish.Language), TextCatalog.Languages.Any(l => l.Name == wish.Language), "Choose one of the listed values."),
        (nameof(wish.TimeZoneId), TimeZoneInfo.TryFindSystemTimeZoneById(wish.TimeZoneId, out _), "Choose one of the listed values."),
        (nameof(wish.Currency), wish.Currency.Trim() is { Length: 3 } currency && currency.All(char.IsAsciiLetter), "Type the three letters of a currency, such as CNY."),
        (nameof(wish.PhoneRegion), PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(wish.PhoneRegion.Trim().ToUpperInvariant()), "Type the two letters of a country, such as CN."),
    }.Where(r => !r.Good).Select(r => new RecordProblem(r.Field, r.Key))];
}
