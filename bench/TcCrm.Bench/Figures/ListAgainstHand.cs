using TcCrm.Bench.Reports;

namespace TcCrm.Bench.Figures;

sealed class ListAgainstHand : Figure
{
    public override string Name => "page";
    public override string Title => "List page against a hand-written page of the same HTML";

    public override Task<FigureTable> MeasureAsync(BenchOptions options) => throw new InvalidOperationException("later");
}
