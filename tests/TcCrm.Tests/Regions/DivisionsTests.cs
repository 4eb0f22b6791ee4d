using TcCrm.Platform.Regions;

namespace TcCrm.Tests.Regions;

public sealed class DivisionsTests
{
    [Theory]
    [InlineData("330106", "浙江省 / 杭州市 / 西湖区", "浙江杭州西湖")]
    [InlineData("110101", "北京市 / 东城区", "北京东城")]
    [InlineData("419001", "河南省 / 济源市", "河南济源")]
    [InlineData("222400", "吉林省 / 延边朝鲜族自治州", "吉林延边")]
    [InlineData("150000", "内蒙古自治区", "内蒙古")]
    [InlineData("710000", "台湾省", "台湾")]
    [InlineData("999999", "999999", "999999")]
    public void Names_a_code(string code, string name, string shortName)
    {
        Assert.Equal(name, Divisions.NameOf(code));
        Assert.Equal(shortName, Divisions.ShortNameOf(code));
    }

    [Fact]
    public void Lists_what_lies_below()
    {
        Assert.Equal(34, Divisions.Children("").Count());
        Assert.Contains(Divisions.Children("330000"), r => r.Name == "杭州市");
        Assert.Contains(Divisions.Children("330100"), r => r.Name == "西湖区");
        Assert.Contains(Divisions.Children("310000"), r => r.Name == "浦东新区");
        Assert.Contains(Divisions.Children("410000"), r => r.Name == "济源市");
        Assert.Empty(Divisions.Children("330106"));
    }

    [Theory]
    [InlineData("330106", "330106")]
    [InlineData("浙江", "330000")]
    [InlineData("上海", "310000")]
    [InlineData("黑龙江", "230000")]
    [InlineData("内蒙古", "150000")]
    [InlineData("内蒙古自治区", "150000")]
    [InlineData("广西", "450000")]
    [InlineData("宁夏", "640000")]
    [InlineData("西藏", "540000")]
    [InlineData("新疆", "650000")]
    [InlineData("新疆自治区", "650000")]
    [InlineData("香港", "810000")]
    [InlineData("澳门特别行政区", "820000")]
    [InlineData("杭州", "330100")]
    [InlineData("吉林", "220000")]
    [InlineData("吉林市", "220200")]
    [InlineData("朝阳", "211300")]
    [InlineData("昆山", "320583")]
    [InlineData("浙江省 / 杭州市 / 西湖区", "330106")]
    [InlineData("浙江省杭州市西湖区", "330106")]
    [InlineData("浙江杭州西湖", "330106")]
    [InlineData("江苏省昆山市", "320583")]
    [InlineData("上海上海市浦东新区", "310115")]
    [InlineData("北京市市辖区东城区", "110101")]
    [InlineData("河北承德承德县", "130821")]
    [InlineData("恩施", "422800")]
    [InlineData("大理白族自治州", "532900")]
    public void Reads_long_and_short_names(string text, string code) => Assert.Equal(code, Divisions.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData("330199")]
    [InlineData("亚特兰蒂斯")]
    [InlineData("朝阳区")] // Beijing and Changchun have one
    [InlineData("江苏鼓楼")] // Nanjing and Xuzhou have one
    [InlineData("浙江省杭州市文三路")]
    public void Does_not_guess(string text) => Assert.Null(Divisions.TryParse(text));

    [Fact]
    public void Gives_up_on_a_text_that_never_ends() => Assert.Null(Divisions.TryParse(string.Concat(Enumerable.Repeat("上海", 100_000))));

    [Theory]
    [InlineData("浙江", "杭州", "", "330100")]
    [InlineData("浙江省", "杭州市", "西湖", "330106")]
    [InlineData("青海", "海南", "", "632500")]
    [InlineData("江苏", "昆山", "", "320583")]
    [InlineData("上海", "上海", "浦东新区", "310115")]
    [InlineData("北京市", "市辖区", "朝阳区", "110105")]
    [InlineData("广东", "", "", "440000")]
    [InlineData("", "杭州", "西湖区", "330106")]
    [InlineData("广东", "杭州", "", null)]
    [InlineData("", "", "", null)]
    public void Reads_province_city_and_county_together(string province, string city, string area, string? code) =>
        Assert.Equal(code, Divisions.TryParse(province, city, area));

    [Fact]
    public void Says_how_far_it_came()
    {
        Assert.Equal(new DivisionMatch("350000", "鹭洲"), Divisions.Match("福建", "鹭洲"));
        Assert.Equal(new DivisionMatch(null, "Ohio"), Divisions.Match("Ohio", "Dayton"));
        Assert.Equal(new DivisionMatch("350200", null), Divisions.Match("福建", "厦门"));
    }

    [Fact]
    public void Reads_back_every_name_that_it_shows()
    {
        var all = Divisions.Children("").SelectMany(Below).ToList();
        Assert.Equal(3_342, all.Count);
        Assert.DoesNotContain(all, r => Divisions.TryParse(Divisions.NameOf(r.Code)) != r.Code);

        static IEnumerable<Division> Below(Division division) => Divisions.Children(division.Code).SelectMany(Below).Prepend(division);
    }
}
