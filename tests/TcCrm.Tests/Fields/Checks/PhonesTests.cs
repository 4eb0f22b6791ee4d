using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Tests.Fields.Checks;

public sealed class PhonesTests
{
    [Theory]
    [InlineData("138-0013-8000", "+8613800138000", "138 0013 8000")]
    [InlineData("１３８００１３８０００", "+8613800138000", "138 0013 8000")]
    [InlineData("0086 138 0013 8000", "+8613800138000", "138 0013 8000")]
    [InlineData("+86 (0)10 8888 9999", "+861088889999", "010 8888 9999")]
    [InlineData("（0571）8888－9999", "+8657188889999", "0571 8888 9999")]
    [InlineData("400-820-8820", "+864008208820", "400 820 8820")]
    [InlineData("+852 2345 6789", "+85223456789", "+852 2345 6789")]
    [InlineData("+1 (650) 253-0000", "+16502530000", "+1 650-253-0000")]
    public void Keeps_E164_and_shows_the_dialled_form(string typed, string normal, string shown)
    {
        Assert.Equal(normal, Phones.TryNormalise(typed));
        Assert.Equal(shown, Phones.Display(normal));
    }

    [Theory]
    [InlineData("010-88889999转8001")]
    [InlineData("010-88889999 分机：8001")]
    [InlineData("01088889999-8001")]
    [InlineData("010-8888-9999#8001")]
    [InlineData("+86 10 8888 9999 ext. 8001")]
    public void Keeps_the_extension(string typed) => Assert.Equal("+861088889999;ext=8001", Phones.TryNormalise(typed));

    [Theory]
    [InlineData("+8613800138000")]
    [InlineData("+861088889999;ext=8001")]
    [InlineData("+16502530000;ext=12")]
    public void Reads_back_what_it_shows(string normal) => Assert.Equal(normal, Phones.TryNormalise(Phones.Display(normal)));

    [Fact]
    public void Dials_a_number_without_country_code_in_the_given_region() =>
        Assert.Equal("+85223456789", Phones.TryNormalise("2345 6789", "HK"));

    [Theory]
    [InlineData("")]
    [InlineData("88889999")] // no area code
    [InlineData("1380013800")]
    [InlineData("138001380000")]
    [InlineData("13800138000/13900139000")]
    [InlineData("13800138000 13900139000")]
    [InlineData("138-0013-8000(张)")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("N/A")]
    public void Refuses_what_is_not_one_number(string typed) => Assert.Null(Phones.TryNormalise(typed));

    /// <summary>Every area code and mobile prefix there could be.</summary>
    [Fact]
    public void Groups_numbers_of_China_as_the_library_does()
    {
        var library = PhoneNumbers.PhoneNumberUtil.GetInstance();
        var numbers = Enumerable.Range(100, 900).SelectMany(prefix => new[] { $"+86{prefix}88886666", $"+86{prefix}8886666" });
        var differing = numbers.Where(n => library.Parse(n, "CN") is var parsed && library.IsValidNumber(parsed) && library.Format(parsed, PhoneNumbers.PhoneNumberFormat.NATIONAL) != Phones.Display(n));
        Assert.Empty(differing);
    }

    [Fact]
    public void Shows_what_it_cannot_read_as_it_stands() => Assert.Equal("see remark", Phones.Display("see remark"));
}
