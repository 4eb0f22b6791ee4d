namespace TcCrm.Bench.Baselines;

static class ListPage
{
    public static Task<int> RunAsync(BenchOptions options) => Task.FromResult(1);
}
