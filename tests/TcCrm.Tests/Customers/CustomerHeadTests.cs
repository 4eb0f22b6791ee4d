using TcCrm.Customers;

namespace TcCrm.Tests.Customers;

public sealed class CustomerHeadTests
{
    [Theory]
    [InlineData("330106", "杭州", "文汇路8号", "浙江杭州西湖 文汇路8号")]
    [InlineData("330000", "鹭洲", "", "浙江鹭洲")]
    [InlineData("310000", "上海", "", "上海")]
    [InlineData("", "Dayton", "5 Main St", "Dayton 5 Main St")]
    [InlineData("", "", "", "")]
    public void Says_where_the_customer_is(string region, string city, string address, string place) =>
        Assert.Equal(place, new CustomerHead(new Customer { Region = region, City = city, Address = address }).Place);

    [Theory]
    [InlineData("https://lanqiao.example/about", "https://lanqiao.example/about")]
    [InlineData("lanqiao.example", "https://lanqiao.example/")]
    [InlineData("", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("javascript://lanqiao.example/%0aalert(1)", null)]
    [InlineData("ftp://lanqiao.example", null)]
    public void Leads_to_web_addresses_only(string typed, string? followed) =>
        Assert.Equal(followed, new CustomerHead(new Customer { Website = typed }).Website?.AbsoluteUri);
}
