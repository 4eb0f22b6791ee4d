using TcCrm.Platform.Recipes;

namespace TcCrm.Tests.Recipes;

public sealed class ContentIdsTests
{
    [Fact]
    public void An_id_and_its_26_characters_are_the_same_thing()
    {
        foreach (var id in new[] { Guid.Empty, new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff"), new Guid("00000000-0000-0000-0000-0000000000ff"), Guid.CreateVersion7() })
        {
            Assert.Equal(26, ContentIds.Of(id).Length);
            Assert.Equal(id, ContentIds.ToGuid(ContentIds.Of(id)));
            Assert.Equal(id, ContentIds.ToGuid(id.ToString()));
        }
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("4manager000000000000000001")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void Any_other_text_always_gives_the_same_id(string text)
    {
        Assert.Equal(ContentIds.ToGuid(text), ContentIds.ToGuid(text));
        Assert.NotEqual(ContentIds.ToGuid(text), ContentIds.ToGuid(text + "x"));
    }
}
