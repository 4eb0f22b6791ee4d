using System.Globalization;
using TcCrm.Platform.Fields;

namespace TcCrm.Platform.Records;

/// <summary>The rules that attributes on the properties state.</summary>
static class FieldRules
{
    public static IEnumerable<RecordProblem> ProblemsOf(RecordType type, Record record)
    {
        foreach (var field in type.Fields)
        {
            var value = field.Value(record);
            if (value is null)
            {
                if (field is { IsRequired: true, NumberPattern: null }) yield return new(field.Name, "Fill in this field.") { Code = "required" };
                continue;
            }
            if (value is string text && TextProblem(field, text) is { } problem) yield return problem;
            if (field.Range is { } range && (value is long or int) && Outside(field, Convert.ToDecimal(value, CultureInfo.InvariantCulture), range)) yield return OutOf(field, range) with { Code = "out-of-range" };
        }
    }

    static RecordProblem? TextProblem(Field field, string text) =>
        field.MaxLength < text.Length ? new(field.Name, "This is too long: {0} characters at most.", field.MaxLength) { Code = "too-long" }
        : field.Checks.Select(c => c.Problem(text)).FirstOrDefault(p => p is not null) is { } key ? new(field.Name, key) { Code = "not-valid" }
        : null;

    static RecordProblem OutOf(Field field, (decimal Min, decimal Max) range) =>
        range.Min == decimal.MinValue ? new(field.Name, "Type a number up to {0}.", range.Max)
        : range.Max == decimal.MaxValue ? new(field.Name, "Type a number from {0} on.", range.Min)
        : new(field.Name, "Type a number from {0} to {1}.", range.Min, range.Max);

    static bool Outside(Field field, decimal scaled, (decimal Min, decimal Max) range)
    {
        var value = scaled / (decimal)Math.Pow(10, field.Scale);
        return value < range.Min || value > range.Max;
    }
}
