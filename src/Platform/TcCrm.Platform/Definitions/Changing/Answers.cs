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
            else if (kind.TryParse(answer, held, context, out var value) && value is not null && !Breaks(held, value, out var why)) changes.Add(remedy with { New = kind.Format(value, held) });
            else problems[i] = new(field.Name, kind.InvalidKey);

            bool Breaks(Field checkedField, object given, out string? reason) => (reason = given is string words ? checkedField.Checks.Select(c => c.Problem(words)).FirstOrDefault(p => p is not null) ?? (checkedField.MaxLength < words.Length ? "" : null) : null) is not null;
        }
        return changes;
    }
}
