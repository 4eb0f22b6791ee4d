using Microsoft.AspNetCore.Http;
using TcCrm.Ui;

namespace TcCrm.Tests.Ui;

public sealed class NamesAndLinksTests
{
    [Theory]
    [InlineData("陈小满", "满")]
    [InlineData("王芳（店长）", "芳")]
    [InlineData("Ann Lee", "AL")]
    [InlineData("ann.lee@example.org", "AL")]
    [InlineData("𠮷田", "田")]
    [InlineData("  ", "?")]
    public void A_person_shows_the_last_sign_or_the_first_letters(string name, string initials) => Assert.Equal(initials, Initials.OfPerson(name));

    [Theory]
    [InlineData("青禾食品", "青")]
    [InlineData("Blue Door Ltd", "BD")]
    public void A_firm_shows_its_first_sign(string name, string initials) => Assert.Equal(initials, Initials.OfFirm(name));

    [Fact]
    public void The_same_name_has_the_same_colour_and_names_differ()
    {
        Assert.Equal(Tones.Of("青禾食品"), Tones.Of("青禾食品"));
        Assert.True(Enumerable.Range(0, 100).Select(n => Tones.Of("name " + n)).Distinct().Count() > 4);
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/t/demo/customers?q=1", true)]
    [InlineData("//elsewhere.example", false)]
    [InlineData("/\\elsewhere.example", false)]
    [InlineData("https://elsewhere.example/", false)]
    [InlineData("/a\nb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Knows_an_address_of_this_host(string? href, bool local) => Assert.Equal(local, Links.IsLocal(href));

    [Fact]
    public void A_tilde_stands_for_the_tenant()
    {
        var http = new DefaultHttpContext();
        http.Request.PathBase = "/t/demo";

        Assert.Equal("/t/demo/customers", Links.Resolve(http, "~/customers"));
        Assert.Equal("/_content/x.css", Links.Resolve(http, "/_content/x.css"));
    }

    [Fact]
    public void A_toast_for_a_script_is_plain_ascii_in_its_header()
    {
        var http = new DefaultHttpContext();

        http.ToastNow(new("已保存", Undo: "/t/demo/undo"));

        var header = http.Response.Headers["HX-Trigger"].ToString();
        Assert.All(header, sign => Assert.True(char.IsAscii(sign)));
        Assert.Contains("\"tc:toast\":{\"text\":", header, StringComparison.Ordinal);
        Assert.Contains("\"tone\":\"green\"", header, StringComparison.Ordinal);
    }
}
