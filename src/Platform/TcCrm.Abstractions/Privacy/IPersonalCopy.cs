namespace TcCrm;

/// <summary>One table of what is kept about a person. <paramref name="Name"/> names its file (a-z and '-'); title and columns are in the reader's language.</summary>
public sealed record PersonalTable(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A file that is kept about a person. <paramref name="Path"/> is where it stands in their copy.</summary>
public sealed record PersonalFile(string Path, Func<CancellationToken, Task<Stream>> OpenAsync);

/// <summary>What a feature keeps about people, for those who ask for a copy of their data.</summary>
public interface IPersonalCopy : IContribution
{
    /// <summary>Tables without rows are left out.</summary>
    Task<IReadOnlyList<PersonalTable>> TablesAsync(Person person, CancellationToken cancel);
    Task<IReadOnlyList<PersonalFile>> FilesAsync(Person person, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonalFile>>([]);
}
