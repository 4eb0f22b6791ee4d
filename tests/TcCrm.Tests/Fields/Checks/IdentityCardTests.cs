using System.Globalization;
using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Tests.Fields.Checks;

public sealed class IdentityCardTests
{
    const string TypingError = "The identity card number has a typing error: its last character does not match the others.";

    static readonly IdentityCardAttribute Check = new();

    [Theory] // The two examples of GB 11643-1999.
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void Accepts_the_examples_of_the_standard(string number) => Assert.Null(Check.Problem(number));

    [Theory]
    [InlineData(" 110105 19491231 002x ")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    [InlineData("110105-19491231-002X")]
    public void Reads_what_people_type(string typed) => Assert.Equal("11010519491231002X", Check.Normalise(typed));

    [Theory]
    [InlineData("110105491231002", "This is an old 15-digit identity card number. Enter the 18 digits of the current card.")]
    [InlineData("1101051949123100", "An identity card number has 18 digits; the last one may be X.")]
    [InlineData("X10105194912310021", "An identity card number has 18 digits; the last one may be X.")]
    [InlineData("11010519491231002Y", "An identity card number has 18 digits; the last one may be X.")]
    [InlineData("000105194912310025", "The first two digits of the identity card number stand for no province.")]
    [InlineData("110105194902300024", "Digits 7 to 14 of the identity card number are no date of birth.")]
    [InlineData("110105299912310028", "Digits 7 to 14 of the identity card number are no date of birth.")]
    [InlineData("110105194912310021", TypingError)]
    public void Says_what_is_wrong(string number, string problem) => Assert.Equal(problem, Check.Problem(number));

    [Theory]
    [InlineData("71")]
    [InlineData("81")]
    [InlineData("82")]
    [InlineData("83")]
    public void Knows_residents_of_Taiwan_Hong_Kong_and_Macao(string province)
    {
        var digits = province + "000019900101001";
        Assert.Null(Check.Problem(digits + IdentityCardAttribute.CheckCharacter(digits)));
    }

    [Fact]
    public void Refuses_any_single_wrong_digit_and_any_two_neighbours_swapped()
    {
        foreach (var number in Generated(50))
        {
            Assert.Null(Check.Problem(number));
            foreach (var wrong in WithOneDigitChanged(number).Concat(WithNeighboursSwapped(number)))
                Assert.NotNull(Check.Problem(wrong));
        }
    }

    static IEnumerable<string> Generated(int count)
    {
        var random = new Random(11643);
        for (var i = 0; i < count; i++)
        {
            var born = new DateOnly(1950, 1, 1).AddDays(random.Next(25_000));
            var digits = string.Create(CultureInfo.InvariantCulture, $"3301{random.Next(100):00}{born:yyyyMMdd}{random.Next(1000):000}");
            yield return digits + IdentityCardAttribute.CheckCharacter(digits);
        }
    }

    static IEnumerable<string> WithOneDigitChanged(string number) =>
        from place in Enumerable.Range(0, number.Length)
        from digit in place == 17 ? "0123456789X" : "0123456789"
        where digit != number[place]
        select number[..place] + digit + number[(place + 1)..];

    static IEnumerable<string> WithNeighboursSwapped(string number) =>
        from place in Enumerable.Range(0, number.Length - 1)
        where number[place] != number[place + 1]
        select number[..place] + number[place + 1] + number[place] + number[(place + 2)..];
}
