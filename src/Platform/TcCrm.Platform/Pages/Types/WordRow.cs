using TcCrm.Platform.Definitions;

namespace TcCrm.Platform.Pages.Types;

/// <param name="What">What the word is of, in the reader's language.</param>
public sealed record WordRow(TypeWord Word, string What, WordsModel Page);
