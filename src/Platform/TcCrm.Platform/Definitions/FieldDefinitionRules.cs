using TcCrm.Platform.Fields.Checks;

namespace TcCrm.Platform.Definitions;

/// <summary>What one field of a definition must be like.</summary>
sealed class FieldDefinitionRules(FieldDefinition field, Func<string, bool> isType, List<RecordProblem> problems)
{
    /// <summary>An index of PostgreSQL holds 2,704 bytes of a row; a character takes up to four.</summary>
    public const int LongestIndexed = 500;
    const int LongestOption = 100;

    public void Check()
    {
        if (!MadeFields.Kinds.Contains(field.Kind))
        {
            Add("There is no kind of field '{0}'.", field.Kind);
            return;
        }
        if (field.Scale is < 0 or > 8) Add("A number has 0 to 8 places behind the point.");
        if (field.Min > field.Max) Add("The smallest value is greater than the largest.");
        if (field.MaxLength is < 1 || field.MaxLength > (field.Kind == "long-text" ? 1_000_000 : LongestIndexed)) Add("A text of one line has 1 to {0} characters.", LongestIndexed);
        if (field.Pattern is { Length: > 0 } pattern && !MatchesPatternAttribute.IsPattern(pattern)) Add("This is not a pattern that can be checked.");
        if (field.Kind == "lookup" && (field.LookupType is null || !isType(field.LookupType))) Add("Choose the type that the field points to.");
        if (field.IsUnique && field.Kind is not ("text" or "phone" or "email" or "number" or "date")) Add("A field of this kind cannot be unique.");
        if (field.IsTitle && field.Kind is not ("text" or "phone" or "email")) Add("Records are named by a field with a text of one line.");
        if (field.IsSearched && MadeFields.KeyOf(field.Kind) != typeof(string)) Add("Quick search looks into texts only.");
        if (field.Formula is not null && (field.NumberPattern ?? field.Default) is not null) Add("A field with a formula has no default and no number rule.");
        if (field.Formula is not null && (field.IsRequired || field.IsUnique)) Add("A field with a formula is neither required nor unique: nobody can type what is missing.");
        CheckOptions();
        CheckNumber();
    }

    void CheckOptions()
    {
        if (field.Kind is not ("choice" or "multi-choice")) return;
        if (field.Options.Count == 0) Add("Name at least one choice.");
        if (field.Options.FirstOrDefault(o => o.Value.Trim().Length is 0 or > LongestOption || o.Value.Any(c => c is ',' || char.IsControl(c))) is { } bad) Add("'{0}' cannot be the value of a choice: no commas, 1 to {1} characters.", bad.Value, LongestOption);
        if (field.Options.CountBy(o => o.Value, StringComparer.OrdinalIgnoreCase).FirstOrDefault(o => o.Value > 1) is { Key: { } twice }) Add("The choice '{0}' is there twice.", twice);
        if (field.Options.FirstOrDefault(o => o.Tone is not null && !OptionTones.All.Contains(o.Tone)) is { } colourless) Add("There is no colour '{0}'.", colourless.Tone);
    }

    void CheckNumber()
    {
        if (field.NumberPattern is null) return;
        if (field.Kind != "text") Add("Numbers are kept in a text of one line.");
        try
        {
            Numbering.NumberPattern.Parse(field.NumberPattern);
        }
        catch (BusinessRuleException refused)
        {
            Add(refused.Key, [.. refused.Args]);
        }
    }

    void Add(string key, params object?[] args) => problems.Add(new(field.Name, key, args));
}
