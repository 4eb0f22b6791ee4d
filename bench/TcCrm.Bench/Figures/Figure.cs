using TcCrm.Bench.Reports;

namespace TcCrm.Bench.Figures;

/// <summary>Something that is measured by itself: one table of the report.</summary>
abstract class Figure
{
    public static readonly Figure[] All = [new Lists(), new ListsOnPostgres(), new MadeFields(), new ReadById(), new ReadContent(), new ListAgainstHand(), new NarrowedList(), new TenantMemory(), new ColdTenants(), new TenantScale(), new FirstPage()];

    public abstract string Name { get; }
    public abstract string Title { get; }
    public abstract Task<FigureTable> MeasureAsync(BenchOptions options);
}
