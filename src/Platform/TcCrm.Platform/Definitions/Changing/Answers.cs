using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Definitions.Changing;

/// <summary>What somebody has decided for records that a change concerns, by the place of the consequence in the list they were shown.</summary>
static class Answers
{
    /// <summary>For a choice that is gone: nothing in its place. No choice has this value.</summary>
    public const string Nothing = ",";

    /// <param name="problems">By place: answers that the field cannot hold.</param>
    public static IReadOnlyList<ValueChange> Read(IReadOnlyList<Consequence> asked, IReadOnlyDictionary<int, string?> answers, TypeDefinition wish, IReadOnlyList<FieldKind> kinds, FieldContext context, Dictionary<int, RecordProblem> problems)
    {
        var changes = new List<ValueChange>();
        for (var i = 0; i < asked.Count; i++)
        {
            if (asked[i].Remedy is not { } remedy || answers.GetValueOrDefault(i)?.Trim() is not { Length: > 0 } answer || wish.Find(remedy.Field) is not { } field) continue;
            var kind = kinds.First(k => k.Name == field.Kind);
            var held = MadeFields.Of<Storage.MadeRecord>(field, wish.Name, "", kind, new HashSet<string>());
            if (answer == Nothing && remedy.Kind == ValueChangeKind.Replace) changes.Add(remedy);
            else if (kind.TryParse(answer, held, context, out var value) && value is not null && IsGood(held, value)) changes.Add(remedy with { New = kind.Format(value, held) });
            else problems[i] = new(field.Name, kind.InvalidKey);
        }
        return changes;
    }

    static bool IsGood(Field field, object value) => value is not string words || (!(field.MaxLength < words.Length) && field.Checks.All(c => c.Problem(words) is null));
}
