namespace TcCrm.Tests.Records;

public sealed class IdsTests
{
    [Fact]
    public void Later_ids_sort_later_and_all_are_version_7()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => Ids.Next()).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public void Parallel_makers_never_get_the_same()
    {
        var ids = ParallelEnumerable.Range(0, 100_000).Select(_ => Ids.Next()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void The_first_bits_tell_the_millisecond()
    {
        var before = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(Guid.CreateVersion7().ToString("N")[..12], 16));
        var made = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(Ids.Next().ToString("N")[..12], 16));
        Assert.InRange(made - before, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
