using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Tests.Fields.Checks;

public sealed class EmailsTests
{
    [Theory]
    [InlineData(" Zhang.Wei@Mail.EXAMPLE ", "Zhang.Wei@mail.example")]
    [InlineData("zhang＠mail。example", null)]
    [InlineData("zhang＠mail.example", "zhang@mail.example")]
    [InlineData("zhang+news@mail.example", "zhang+news@mail.example")]
    [InlineData("zhang@例子.中国", "zhang@例子.中国")]
    public void Keeps_one_plain_address(string typed, string? kept) => Assert.Equal(kept, Emails.TryNormalise(typed));

    [Theory]
    [InlineData("")]
    [InlineData("zhang")]
    [InlineData("zhang@localhost")]
    [InlineData("zhang@mail..example")]
    [InlineData("zhang@mail.example.")]
    [InlineData("zhang@-mail.example")]
    [InlineData("zhang@[192.0.2.1]")]
    [InlineData("\"zhang wei\"@mail.example")]
    [InlineData("Zhang Wei <zhang@mail.example>")]
    [InlineData("zhang@mail.example, li@mail.example")]
    [InlineData("zhang@mail.example (office)")]
    public void Refuses_anything_else(string typed) => Assert.Null(Emails.TryNormalise(typed));

    [Fact]
    public void Refuses_an_address_longer_than_mail_servers_take() =>
        Assert.Null(Emails.TryNormalise(new string('a', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 4)) + ".example"));
}
