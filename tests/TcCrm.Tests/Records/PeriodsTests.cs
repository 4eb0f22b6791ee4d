using TcCrm.Platform.Fields;
using TcCrm.Platform.Records;

namespace TcCrm.Tests.Records;

public sealed class PeriodsTests
{
    [Theory]
    [InlineData("today", "2026-11-24", "2026-11-24", "2026-11-24")]
    [InlineData("yesterday", "2026-01-01", "2025-12-31", "2025-12-31")]
    [InlineData("tomorrow", "2028-02-28", "2028-02-29", "2028-02-29")]
    [InlineData("this-week", "2026-11-23", "2026-11-23", "2026-11-29")]
    [InlineData("this-week", "2026-11-29", "2026-11-23", "2026-11-29")]
    [InlineData("last-week", "2026-01-04", "2025-12-22", "2025-12-28")]
    [InlineData("next-week", "2026-12-31", "2027-01-04", "2027-01-10")]
    [InlineData("this-month", "2028-02-10", "2028-02-01", "2028-02-29")]
    [InlineData("last-month", "2026-01-31", "2025-12-01", "2025-12-31")]
    [InlineData("next-month", "2026-12-31", "2027-01-01", "2027-01-31")]
    [InlineData("this-quarter", "2026-11-24", "2026-10-01", "2026-12-31")]
    [InlineData("last-quarter", "2026-02-24", "2025-10-01", "2025-12-31")]
    [InlineData("last-year", "2026-11-24", "2025-01-01", "2025-12-31")]
    [InlineData("last-7-days", "2026-03-03", "2026-02-25", "2026-03-03")]
    [InlineData("next-30-days", "2026-12-15", "2026-12-15", "2027-01-13")]
    public void A_period_lies_where_its_name_says(string name, string today, string from, string until) =>
        Assert.Equal((Day(from), Day(until)), Periods.Of(name, Day(today)));

    [Theory]
    [InlineData("")]
    [InlineData("last-0-days")]
    [InlineData("last-9999-days")]
    [InlineData("this-7-days")]
    [InlineData("some day")]
    public void Other_words_are_refused(string name) => Assert.Throws<BadFilterException>(() => Periods.Of(name, new(2026, 11, 24)));

    [Fact]
    public void Every_period_on_offer_is_one() => Assert.All(Periods.Offered, p => Periods.Of(p, new(2026, 11, 24)));

    [Theory]
    [InlineData("Kind:eq:Dealer")]
    [InlineData("Name:eq:a:b|c")]
    [InlineData("any(Kind:eq:Dealer|Level:eq:A)")]
    [InlineData(@"any(Name:eq:a\|b\\c)|Name:eq:)|all(Kind:eq:Dealer\|Level:eq:A))")]
    public void A_group_is_written_as_it_is_read(string text) => Assert.Equal(text, RecordQueryText.ParseFilter(text).ToString());

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
