namespace TcCrm;

/// <summary>The field speaks of a person: it is emptied when the person is erased and handed out when they ask for their data. A type that has such fields is a person's type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute
{
    /// <summary>The value alone tells who it is, as a name or a number does: other places that repeat it are found by it.</summary>
    public bool Identifies { get; set; }
}

/// <summary>A record by its type and id.</summary>
public sealed record RecordReference(string RecordType, Guid RecordId);

/// <summary>Somebody about whom data is kept: their record with all its parts, and what identifies them.</summary>
/// <param name="Main">The record that stands for the person; the first of <paramref name="Records"/>.</param>
/// <param name="Values">Names, numbers and addresses they have or had, in every form in which they are kept or shown.</param>
public sealed record Person(RecordReference Main, IReadOnlyList<RecordReference> Records, IReadOnlyList<string> Values)
{
    /// <summary>What is shorter is found where it stands alone only: two characters of a name are part of many words.</summary>
    const int Telling = 5;

    /// <summary>The values that tell who it is wherever they stand in a text.</summary>
    public IEnumerable<string> TellingValues => Values.Where(v => v.Length >= Telling);

    /// <summary>Whether a text, such as the cell of a file, is about the person; numbers are known in any spelling.</summary>
    public bool IsIn(string text) => text.Split('\n').Any(IsInLine);

    bool IsInLine(string line)
    {
        var typed = line.Normalize(System.Text.NormalizationForm.FormKC).Trim();
        if (typed.Length == 0) return false;
        var number = string.Concat(typed.Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        return Values.Any(v => typed.Equals(v, StringComparison.OrdinalIgnoreCase))
            || TellingValues.Any(v => typed.Contains(v, StringComparison.OrdinalIgnoreCase) || number.Contains(v, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>A place besides the records' own tables, history and search index where data of people lies. Each empties its own.</summary>
public interface IErasesPersonalData : IContribution
{
    /// <summary>Done again after a failure: it must bear that, and finds the person's records still there.</summary>
    /// <returns>How many things were removed or emptied.</returns>
    Task<int> EraseAsync(Person person, CancellationToken cancel);

    /// <summary>Whether something that is no lookup still needs the record's row, such as an account: it is then emptied and stays.</summary>
    Task<bool> NeedsAsync(RecordReference record, CancellationToken cancel) => Task.FromResult(false);
}
