using TcCrm.Platform.Identity;

namespace TcCrm.Tests.Identity;

public sealed class CommonPasswordsTests
{
    [Theory]
    [InlineData("password"), InlineData("Password123"), InlineData("P@ssw0rd2024"), InlineData("qwertyuiop1"), InlineData("1qaz2wsx3edc"), InlineData("13800138000")]
    [InlineData("woaini1314520"), InlineData("5201314woaini"), InlineData("zhangwei1988"), InlineData("wang19900101"), InlineData("Aa123456789"), InlineData("iloveyouiloveyou1"), InlineData("admin@123456")]
    public void Knows_what_strangers_try_first(string password) => Assert.True(CommonPasswords.Holds(password));

    [Theory]
    [InlineData("kettle 7 orbit"), InlineData("lantern9gravel"), InlineData("xkq72mvd0pt"), InlineData("青山 kettle 42 河")]
    public void Leaves_others_alone(string password) => Assert.False(CommonPasswords.Holds(password));
}
