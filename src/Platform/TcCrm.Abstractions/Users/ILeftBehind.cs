namespace TcCrm;

/// <summary>Something that a person who leaves the company leaves behind: records, keys, places of work. A feature contributes one for whatever it keeps by user.</summary>
public interface ILeftBehind : IContribution
{
    /// <summary>How much there still is, by what it is called.</summary>
    Task<IReadOnlyList<LeftItem>> CountAsync(Guid user, CancellationToken cancel);

    /// <summary>
    /// Gives all of it to the successor, or ends it; without a successor it ends or belongs to nobody. Runs as an administrator, perhaps several times:
    /// what is done already is found done. Report after each some hundred, so that the work can be stopped and taken up again.
    /// </summary>
    Task HandOverAsync(Guid user, Guid? successor, Func<int, Task> report, CancellationToken cancel);
}

/// <param name="Label">A text key, such as the plural of a record type.</param>
/// <param name="Ends">It ends, whoever comes after.</param>
public sealed record LeftItem(string Label, int Count, bool Ends);
