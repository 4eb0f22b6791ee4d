namespace TcCrm.Tests.Architecture;

public static class Violations
{
    /// <summary>Fails with every violation on a line of its own: whoever reads it wants to see them all and whole.</summary>
    public static void AssertNone(IEnumerable<string> violations)
    {
        var all = violations.Distinct().ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} found\n{string.Join('\n', all)}");
    }
}
