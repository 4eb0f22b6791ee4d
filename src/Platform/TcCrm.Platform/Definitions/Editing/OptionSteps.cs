using System.Globalization;

namespace TcCrm.Platform.Definitions.Editing;

/// <summary>Steps with the choices of a field.</summary>
static class OptionSteps
{
    public static FieldDefinition Apply(FieldDefinition field, string step, int at)
    {
        var options = field.Options.ToList();
        if (step == "option") options.Add(new("", Wordings.None));
        else if (at < 0 || at >= options.Count) return field;
        else if (step == "option-drop") options.RemoveAt(at);
        else if (Target(step, at) is var to && to >= 0 && to < options.Count) (options[at], options[to]) = (options[to], options[at]);
        return field with { Options = options };
    }

    public static string FocusAfter(FieldDefinition field, string step, int at) => "option" + (step switch
    {
        "option" => field.Options.Count,
        "option-drop" => Math.Max(0, Math.Min(at, field.Options.Count - 2)),
        _ => Math.Clamp(Target(step, at), 0, Math.Max(0, field.Options.Count - 1)),
    }).ToString(CultureInfo.InvariantCulture);

    /// <summary>What records keep of a choice is made from its first label and stays when labels change; choices without any label go.</summary>
    public static IReadOnlyList<OptionDefinition> Settled(IReadOnlyList<OptionDefinition> options)
    {
        var settled = new List<OptionDefinition>();
        foreach (var option in options.Where(o => o.Value.Length > 0 || o.Labels.Shown is not null))
            settled.Add(option.Value.Length > 0 ? option : option with { Value = ValueFor(option.Labels, value => options.Concat(settled).Any(o => o.Value.Equals(value, StringComparison.OrdinalIgnoreCase))) });
        return settled;
    }

    static string ValueFor(Wordings labels, Func<string, bool> isTaken)
    {
        var plain = TypeNames.NounFor(labels.English ?? labels.Chinese, value => isTaken(Named(value)));
        return Named(plain);

        static string Named(string value) => value.StartsWith("type-", StringComparison.Ordinal) ? "option-" + value["type-".Length..] : value;
    }

    static int Target(string step, int at) => at + (step == "option-up" ? -1 : 1);
}
