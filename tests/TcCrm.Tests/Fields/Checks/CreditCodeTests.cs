using System.Globalization;
using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Tests.Fields.Checks;

public sealed class CreditCodeTests
{
    static readonly CreditCodeAttribute Check = new();

    [Fact] // The example of GB 32100-2015.
    public void Accepts_the_example_of_the_standard() => Assert.Null(Check.Problem("91350100M000100Y43"));

    [Theory]
    [InlineData(" 91350100m000100y43 ")]
    [InlineData("９１３５０１００Ｍ０００１００Ｙ４３")]
    [InlineData("9135 0100 M000 100Y 43")]
    [InlineData("91-350100-M000100Y4-3")]
    public void Reads_what_people_type(string typed) => Assert.Equal("91350100M000100Y43", Check.Normalise(typed));

    [Theory]
    [InlineData("91350100M000100Y4", "A unified social credit code has 18 characters.")]
    [InlineData("9135O100M000100Y43", "A unified social credit code never has the letters I, O, S, V or Z: check for 1, 0, 5 or 2.")]
    [InlineData("913A0100M000100Y43", "A unified social credit code has digits and capital letters only, and digits in places 3 to 8.")]
    [InlineData("91350100M000100码43", "A unified social credit code has digits and capital letters only, and digits in places 3 to 8.")]
    [InlineData("91350100M000100Y44", "The unified social credit code has a typing error: its last character does not match the others.")]
    public void Says_what_is_wrong(string code, string problem) => Assert.Equal(problem, Check.Problem(code));

    [Fact]
    public void Refuses_any_single_wrong_character()
    {
        foreach (var code in Generated(50))
        {
            Assert.Null(Check.Problem(code));
            var wrong = from place in Enumerable.Range(0, 18)
                        from character in CreditCodeAttribute.Alphabet
                        where character != code[place]
                        select code[..place] + character + code[(place + 1)..];
            Assert.All(wrong, w => Assert.NotNull(Check.Problem(w)));
        }
    }

    static IEnumerable<string> Generated(int count)
    {
        var random = new Random(32100);
        for (var i = 0; i < count; i++)
        {
            var organisation = new string(random.GetItems<char>(CreditCodeAttribute.Alphabet, 9));
            var code = string.Create(CultureInfo.InvariantCulture, $"91{random.Next(1_000_000):000000}{organisation}");
            yield return code + CreditCodeAttribute.CheckCharacter(code);
        }
    }
}
